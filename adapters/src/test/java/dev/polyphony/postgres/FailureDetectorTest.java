package dev.polyphony.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailureDetectorTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final FailureDetector<String> nodes = new FailureDetector<>(nanos::get);

    @Test
    void suspectsAValueThatStaysTheSameForTheTimeout() {
        assertThat(nodes.suspects("node-1", 1, TIMEOUT)).isFalse();
        for (int second = 2; second < 15; second += 2) {
            passes(Duration.ofSeconds(2));
            assertThat(nodes.suspects("node-1", 1, TIMEOUT)).isFalse();
        }
        passes(Duration.ofSeconds(1));
        assertThat(nodes.suspects("node-1", 1, TIMEOUT)).isTrue();
    }

    @Test
    void trustsAValueThatMovesWhicheverWay() {
        for (int value : new int[] {5, 6, 4, 7, 6, 5, 4, 3, 2, 1}) {
            assertThat(nodes.suspects("node-1", value, TIMEOUT)).isFalse();
            passes(Duration.ofSeconds(14));
        }
    }

    @Test
    void suspectsNobodyForTheTimeInWhichItDidNotLook() {
        assertThat(nodes.suspects("node-1", 1, TIMEOUT)).isFalse();
        passes(Duration.ofHours(1));
        assertThat(nodes.suspects("node-1", 1, TIMEOUT)).isFalse();
        passes(Duration.ofSeconds(8));
        assertThat(nodes.suspects("node-1", 1, TIMEOUT)).isTrue();
    }

    @Test
    void beginsAnewWithWhatItForgot() {
        nodes.suspects("node-1", 1, TIMEOUT);
        nodes.suspects("node-2", 1, TIMEOUT);
        passes(Duration.ofSeconds(7));
        nodes.suspects("node-1", 1, TIMEOUT);
        nodes.suspects("node-2", 1, TIMEOUT);
        passes(Duration.ofSeconds(7));
        nodes.suspects("node-1", 1, TIMEOUT);
        nodes.suspects("node-2", 1, TIMEOUT);
        nodes.retain(List.of("node-2"));
        passes(Duration.ofSeconds(7));

        assertThat(nodes.suspects("node-1", 1, TIMEOUT)).isFalse();
        assertThat(nodes.suspects("node-2", 1, TIMEOUT)).isTrue();
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
