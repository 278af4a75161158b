package dev.polyphony.providers.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.contract.FakeTime;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
    private final FakeTime time = new FakeTime();
    private final Measurements measurements = new Measurements(time::nanos);

    @Test
    void saysNothingBeforeTheFirstCall() {
        assertThat(measurements.recent()).isEqualTo(new Measurements.Recent(null, null));
        assertThat(measurements.totals()).isEqualTo(new Measurements.Totals(0, 0, 0, null, null, 0, 0, null));
        assertThat(measurements.p95()).isNull();
        assertThat(measurements.p95ToFirstToken()).isNull();
    }

    @Test
    void measuresRateAndMeanOfReplies() {
        measurements.began(time.instant());
        end(ModelAttempt.OK, 1, true);
        end(ModelAttempt.OK, 3, true);
        end("provider-failed", 30, true);
        end("provider-failed", 30, true);
        end("content-refused", 30, false);

        assertThat(measurements.recent()).isEqualTo(new Measurements.Recent(0.5, 2.0));
        assertThat(measurements.totals())
                .isEqualTo(new Measurements.Totals(
                        5, 2, 2, FakeTime.START, FakeTime.START.plusSeconds(30), 155, 35, new BigDecimal("0.05")));
    }

    @Test
    void looksAtAHundredCallsOfTenMinutes() {
        end("provider-failed", 1, true);
        for (int i = 0; i < 100; i++) {
            end(ModelAttempt.OK, 1, true);
        }
        assertThat(measurements.recent().successRate()).isEqualTo(1.0);

        time.pass(Duration.ofMinutes(10).plusNanos(1));
        assertThat(measurements.recent().successRate()).isNull();
        assertThat(measurements.totals().failures()).isEqualTo(1);
    }

    @Test
    void knowsTheNinetyFifthPercentileOfTwentyReplies() {
        for (int seconds = 1; seconds < 20; seconds++) {
            end(ModelAttempt.OK, seconds, true);
        }
        assertThat(measurements.p95()).isNull();
        end(ModelAttempt.OK, 20, true);

        assertThat(measurements.p95()).isEqualTo(Duration.ofSeconds(19));
        assertThat(measurements.p95ToFirstToken()).isEqualTo(Duration.ofMillis(190));
    }

    private void end(String outcome, int seconds, boolean counts) {
        measurements.ended(
                new ModelAttempt(
                        "fake",
                        "fake-model",
                        time.instant(),
                        Duration.ofSeconds(seconds),
                        outcome,
                        null,
                        Duration.ofMillis(10L * seconds),
                        null,
                        31,
                        7,
                        new BigDecimal("0.01")),
                counts);
    }
}
