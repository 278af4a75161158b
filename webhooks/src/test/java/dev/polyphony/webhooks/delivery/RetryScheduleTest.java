package dev.polyphony.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private final RetrySchedule schedule = new RetrySchedule(RetrySchedule.STANDARD, new SplittableRandom(1));

    @Test
    void waitsAsPlannedPlusATenthAtMost() {
        for (int attempt = 1; attempt <= 10; attempt++) {
            Duration planned = RetrySchedule.STANDARD.get(attempt - 1);
            assertThat(schedule.waitAfter(attempt, Duration.ZERO).orElseThrow())
                    .isBetween(planned, planned.plus(planned.dividedBy(10)));
        }
    }

    @Test
    void stopsAfterOneAttemptMoreThanThereAreWaits() {
        assertThat(schedule.waitAfter(11, Duration.ofHours(1))).isEmpty();
        assertThat(schedule.waitAfter(40, Duration.ZERO)).isEmpty();
    }

    @Test
    void honoursALongerWishOfTheReceiver() {
        assertThat(schedule.waitAfter(1, Duration.ofMinutes(1))).contains(Duration.ofMinutes(1));
        assertThat(schedule.waitAfter(2, Duration.ofSeconds(1)).orElseThrow()).isGreaterThan(Duration.ofSeconds(29));
    }

    @Test
    void refusesAWaitOfNothing() {
        List<Duration> waits = List.of(Duration.ZERO);
        assertThatThrownBy(() -> new RetrySchedule(waits, new SplittableRandom(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
