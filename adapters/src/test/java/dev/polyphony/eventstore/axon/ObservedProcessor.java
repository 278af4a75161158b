package dev.polyphony.eventstore.axon;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * A processor of Axon's with nothing of ours, which writes down how it uses its threads and its token store. Its worker begins
 * when the coordinator rests for the first time, so that it finds everything in its queue that fits.
 */
final class ObservedProcessor implements AutoCloseable {
    static final String NAME = "observed";

    /** The rests, in milliseconds, that the coordinator has asked for, in order. */
    final BlockingQueue<Long> rests = new LinkedBlockingQueue<>();

    /** The threads that have asked a worker for a batch. */
    final List<String> submitters = new CopyOnWriteArrayList<>();

    /** The segments that were claimed. */
    final List<Segment> claimed = new CopyOnWriteArrayList<>();

    /** The unit of work in whose transaction each token was stored. */
    final BlockingQueue<UnitOfWork<?>> tokensStored = new LinkedBlockingQueue<>();

    private final CountDownLatch queued = new CountDownLatch(1);
    private final EmbeddedEventStore history = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final PooledStreamingEventProcessor processor;

    ObservedProcessor(int batchSize, EventMessageHandler handler) {
        processor = PooledStreamingEventProcessor.builder()
                .name(NAME)
                .eventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                        .eventHandlers(handler)
                        .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                        .build())
                .messageSource(history)
                .tokenStore(new Tokens())
                .transactionManager(NoTransactionManager.instance())
                .coordinatorExecutor(new Coordinator())
                .workerExecutor(new Workers())
                .initialSegmentCount(1)
                .batchSize(batchSize)
                .build();
    }

    PooledStreamingEventProcessor processor() {
        return processor;
    }

    /** Before the start, so that the processor finds them all at once. */
    void publish(int events) {
        history.publish(IntStream.range(0, events)
                .<EventMessage<?>>mapToObj(
                        sequence -> new GenericDomainEventMessage<>("thing", "thing-1", sequence, "event " + sequence))
                .toList());
    }

    @Override
    public void close() {
        processor.shutDown();
        history.shutDown();
    }

    private final class Tokens extends InMemoryTokenStore {
        @Override
        public TrackingToken fetchToken(String name, Segment segment) {
            claimed.add(segment);
            return super.fetchToken(name, segment);
        }

        @Override
        public void storeToken(TrackingToken token, String name, int segment) {
            if (CurrentUnitOfWork.isStarted()) {
                tokensStored.add(CurrentUnitOfWork.get());
            }
            super.storeToken(token, name, segment);
        }
    }

    private final class Coordinator extends ScheduledThreadPoolExecutor {
        private Coordinator() {
            super(1, new AxonThreadFactory("Coordinator"));
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            if (delay > 0) {
                rests.add(unit.toMillis(delay));
                queued.countDown();
            }
            return super.schedule(task, delay, unit);
        }
    }

    private final class Workers extends ScheduledThreadPoolExecutor {
        private Workers() {
            super(1, new AxonThreadFactory("Worker"));
        }

        @Override
        public Future<?> submit(Runnable batch) {
            submitters.add(Thread.currentThread().getName());
            return super.submit(() -> {
                if (queued.await(10, SECONDS)) {
                    batch.run();
                }
                return null;
            });
        }
    }
}
