package dev.polyphony.workflows.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CancellableWorkTest {
    private final CancellableWork work = new CancellableWork();

    @Test
    void isDoneWhenNobodyCancelsIt() {
        assertThat(work.perform(() -> "done")).contains("done");
        assertThatThrownBy(() -> work.perform(() -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
    }

    @Test
    void isNotBegunOnceItIsCancelled() {
        AtomicBoolean begun = new AtomicBoolean();
        work.cancel();

        assertThat(work.perform(() -> begun.getAndSet(true))).isEmpty();
        assertThat(begun).isFalse();
    }

    @Test
    void leavesTheThreadAsItWasHoweverTheWorkEnds() {
        assertThat(work.perform(() -> {
                    work.cancel();
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    throw new IllegalStateException("interrupted");
                }))
                .isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void interruptsNobodyOnceItHasEnded() {
        assertThat(work.perform(() -> "done")).contains("done");
        work.cancel();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
