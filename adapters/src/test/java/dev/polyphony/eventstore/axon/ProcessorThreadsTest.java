package dev.polyphony.eventstore.axon;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.eventstore.axon.ProcessorThreads.Coordinator;
import dev.polyphony.eventstore.axon.ProcessorThreads.Workers;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessorThreadsTest {
    private final Workers workers = new Workers();
    private final Coordinator coordinator = new Coordinator("any", workers);

    @AfterEach
    void end() {
        coordinator.shutdownNow();
        workers.shutdownNow();
    }

    @Test
    void restsForLongOnlyWhileNobodyWorks() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        var batch = workers.submit(() -> {
            end.await();
            return null;
        });

        assertThat(delayOfLongRest()).isLessThanOrEqualTo(10);

        end.countDown();
        batch.get();
        workers.shutdown();
        assertThat(workers.awaitTermination(1, SECONDS)).isTrue();
        assertThat(delayOfLongRest()).isGreaterThan(1_000);
    }

    @Test
    void restsShortlyWhenAQueueIsFull() {
        assertThat(coordinator.schedule(() -> {}, 100, MILLISECONDS).getDelay(MILLISECONDS))
                .isLessThanOrEqualTo(2);
    }

    /** As long as Axon rests when there are no more events. */
    private long delayOfLongRest() {
        return coordinator.schedule(() -> {}, 5_000, MILLISECONDS).getDelay(MILLISECONDS);
    }
}
