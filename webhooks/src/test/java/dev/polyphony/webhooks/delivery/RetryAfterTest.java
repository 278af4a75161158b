package dev.polyphony.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        120                           | PT2M
        ' 7 '                         | PT7S
        Thu, 01 Jan 2026 00:01:30 GMT | PT1M30S
        Wed, 31 Dec 2025 23:00:00 GMT | PT0S
        999999999                     | PT24H
        9999999999                    | PT0S
        -5                            | PT0S
        soon                          | PT0S
        """)
    void readsSecondsAndDates(String header, Duration wait) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(wait);
    }

    @Test
    void asksForNothingWhenItIsMissing() {
        assertThat(RetryAfter.parse(null, NOW)).isZero();
    }
}
