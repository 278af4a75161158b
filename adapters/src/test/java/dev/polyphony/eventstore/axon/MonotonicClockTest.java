package dev.polyphony.eventstore.axon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MonotonicClockTest {
    private final AtomicLong nanos = new AtomicLong(-7);

    @Test
    void advancesWithTheNanosecondsThatItIsGiven() {
        Clock clock = new MonotonicClock(nanos::get);
        Instant start = clock.instant();

        nanos.addAndGet(Duration.ofMinutes(5).toNanos());

        assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofMinutes(5)));
        assertThat(clock.withZone(ZoneId.of("Europe/Berlin")).instant()).isEqualTo(clock.instant());
    }
}
