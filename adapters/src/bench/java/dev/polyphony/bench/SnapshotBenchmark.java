package dev.polyphony.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.AggregateSnapshotter;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.GenericAggregateFactory;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** What it costs to load an aggregate that is not cached, from all its events and from a snapshot of its state. */
record SnapshotBenchmark(Figures figures) {
    private static final int[] LENGTHS = {20, 50, 100, 200, 500, 1_000, 2_000};
    private static final int AGGREGATES = 5;
    private static final int LOADS = 20;
    private static final int ROUNDS = 3;
    private static final int WARM_UPS = 3;
    private static final double NANOS_PER_MICRO = 1e3;

    void run() throws Exception {
        for (Story story : Story.values()) {
            try (Server server = new Server();
                    Node node = new Node(server.application())) {
                measure(new Subject<>(node, story, story.aggregate()));
            }
        }
    }

    private void measure(Subject<?> subject) {
        for (int i = 0; i < WARM_UPS; i++) {
            for (int length : LENGTHS) {
                List<String> ids = subject.write(length);
                ids.forEach(subject::load);
                ids.forEach(subject::snapshot);
                ids.forEach(subject::load);
            }
        }
        for (int length : LENGTHS) {
            double[] plain = new double[ROUNDS];
            double[] taken = new double[ROUNDS];
            double[] snapshot = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                List<String> ids = subject.write(length);
                plain[round] = micros(ids, LOADS, subject::load);
                taken[round] = micros(ids, 1, subject::snapshot);
                snapshot[round] = micros(ids, LOADS, subject::load);
            }
            String name = length + " events of " + subject.story().title();
            figures.say("loading " + name + " without snapshot", plain, "us", "");
            figures.say("loading " + name + " from a snapshot", snapshot, "us", "");
            figures.say("taking a snapshot of " + name, taken, "us", "");
        }
    }

    /** The median over all. */
    private static double micros(List<String> ids, int times, Consumer<String> action) {
        long[] nanos = Stream.generate(() -> ids)
                .limit(times)
                .flatMap(List::stream)
                .mapToLong(id -> {
                    long from = System.nanoTime();
                    action.accept(id);
                    return System.nanoTime() - from;
                })
                .toArray();
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / NANOS_PER_MICRO;
    }

    /** Aggregates of one story, loaded by a repository that caches none. */
    private static final class Subject<A> {
        private final Node node;
        private final Story story;
        private final Class<A> type;
        private final EventSourcingRepository<A> repository;
        private final AggregateSnapshotter snapshotter;

        Subject(Node node, Story story, Class<A> type) {
            this.node = node;
            this.story = story;
            this.type = type;
            repository = EventSourcingRepository.builder(type)
                    .eventStore(node.store())
                    .build();
            snapshotter = AggregateSnapshotter.builder()
                    .eventStore(node.store())
                    .aggregateFactories(List.of(new GenericAggregateFactory<>(type)))
                    .build();
        }

        Story story() {
            return story;
        }

        List<String> write(int length) {
            List<String> ids = Stream.generate(Story::newId).limit(AGGREGATES).toList();
            ids.forEach(id -> node.store().publish(story.of(id, length)));
            return ids;
        }

        void load(String id) {
            UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
            repository.load(id);
            work.commit();
        }

        void snapshot(String id) {
            snapshotter.scheduleSnapshot(type, id);
        }
    }
}
