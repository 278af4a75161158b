package dev.polyphony.providers.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.providers.contract.FakeTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private final FakeTime clock = new FakeTime();
    private final Deadline left = new Deadline(Duration.ofSeconds(4), clock::nanos);

    @Test
    void keepsAQuarterForOthers() {
        assertThat(left.share()).isEqualTo(Duration.ofSeconds(3));
        assertThat(left.rest()).isEqualTo(Duration.ofSeconds(4));
    }

    /** No request takes less than a millisecond, and the provider would be blamed for it. */
    @Test
    void givesAnAttemptSomeTimeThoughItRanOutSinceItWasAllowed() {
        clock.pass(Duration.ofSeconds(4).minusNanos(1));

        assertThat(left.remains()).isFalse();
        assertThat(left.rest()).isEqualTo(left.share()).isEqualTo(Duration.ofMillis(1));
    }
}
