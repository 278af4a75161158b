package dev.polyphony.providers.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallSlotsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CallSlots slots = new CallSlots(1, 2);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void letsACallWaitUntilAnotherEnds() throws Exception {
        assertThat(slots.tryTake("one")).isTrue();
        CompletableFuture<Boolean> waiting = take("one", 1);

        slots.release("one");

        assertThat(waiting.get()).isTrue();
        assertThat(slots.taken()).isEqualTo(1);
    }

    @Test
    void refusesWhatWaitsTooLong() throws InterruptedException {
        assertThat(slots.tryTake("one")).isTrue();

        assertThat(slots.take("one", Duration.ofMillis(20))).isFalse();
        assertThat(slots.take("one", Duration.ZERO)).isFalse();
        slots.release("one");
        assertThat(slots.tryTake("one")).as("nobody is left in the queue").isTrue();
    }

    @Test
    void keepsAPlaceForAnotherCaller() throws Exception {
        assertThat(slots.tryTake("busy")).isTrue();
        CompletableFuture<Boolean> first = take("busy", 1);
        CompletableFuture<Boolean> second = take("busy", 2);

        CompletableFuture<Boolean> other = take("other", 2);

        assertThat(second.get()).as("gave up its place").isFalse();
        slots.release("busy");
        CompletableFuture.anyOf(first, other).get();
        slots.release(other.isDone() ? "other" : "busy");
        assertThat(List.of(first.get(), other.get())).containsOnly(true);
    }

    @Test
    void prefersTheCallerWithFewerCallsRunning() throws Exception {
        CallSlots two = new CallSlots(2, 4);
        assertThat(two.tryTake("busy")).isTrue();
        assertThat(two.tryTake("busy")).isTrue();
        CompletableFuture<Boolean> more = take(two, "busy", 1);
        CompletableFuture<Boolean> other = take(two, "other", 2);

        two.release("busy");

        assertThat(other.get()).isTrue();
        assertThat(more).isNotDone();
        two.release("busy");
        assertThat(more.get()).isTrue();
    }

    @Test
    void givesBackThePlaceOfAnInterruptedCall() throws Exception {
        assertThat(slots.tryTake("one")).isTrue();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                var _ = slots.take("one", LONG);
            } catch (InterruptedException expected) {
                Thread.currentThread().interrupt();
            }
        });
        waiting.interrupt();
        waiting.join();

        slots.release("one");
        assertThat(slots.taken()).isZero();
        assertThat(slots.tryTake("one")).isTrue();
    }

    private CompletableFuture<Boolean> take(String caller, int queued) throws Exception {
        return take(slots, caller, queued);
    }

    /** Returns when so many wait. */
    private CompletableFuture<Boolean> take(CallSlots from, String caller, int queued) throws Exception {
        CompletableFuture<Boolean> taken = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return from.take(caller, LONG);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);
        while (from.queued() < queued && !taken.isDone()) {
            Thread.onSpinWait();
        }
        return taken;
    }
}
