package dev.polyphony.bench;

import dev.polyphony.bench.ReplayProcess.Passes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;

/** How fast a projection that does nothing hears the whole history again. */
record ReplayBenchmark(Figures figures) {
    private static final int ROUNDS = 3;
    private static final int COUNTS = 1_000_000;
    private static final int RUNS = 80_000;
    private static final int EVENTS_OF_AN_AGGREGATE = 8;
    private static final int AGGREGATES_AT_ONCE = 50;
    private static final int WRITERS = 8;

    void run() throws Exception {
        replay(Story.COUNTS, COUNTS, "at least 40000", "at least 100000");
        replay(Story.RUNS, RUNS, "", "");
    }

    private void replay(Story story, int events, String coldBound, String warmBound) throws Exception {
        double[] cold = new double[ROUNDS];
        double[] warm = new double[ROUNDS];
        try (Server server = new Server()) {
            write(server, story, events);
            for (int round = 0; round < ROUNDS; round++) {
                Passes passes = ReplayProcess.run(server.application());
                cold[round] = passes.cold();
                warm[round] = passes.warm();
            }
        }
        figures.say("replay of " + story.title() + ", cold", cold, "events/s", coldBound);
        figures.say("replay of " + story.title() + ", warm", warm, "events/s", warmBound);
    }

    private static void write(Server server, Story story, int events) throws Exception {
        int units = events / EVENTS_OF_AN_AGGREGATE / AGGREGATES_AT_ONCE;
        try (Node node = new Node(server.application());
                ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            Callable<Void> unit = () -> {
                node.store().publish(aggregates(story));
                return null;
            };
            List<Callable<Void>> work = new ArrayList<>();
            IntStream.range(0, units).forEach(_ -> work.add(unit));
            for (Future<Void> written : writers.invokeAll(work)) {
                written.get();
            }
        }
    }

    private static List<DomainEventMessage<?>> aggregates(Story story) {
        List<DomainEventMessage<?>> events = new ArrayList<>();
        for (int i = 0; i < AGGREGATES_AT_ONCE; i++) {
            events.addAll(story.of(Story.newId(), EVENTS_OF_AN_AGGREGATE));
        }
        return events;
    }
}
