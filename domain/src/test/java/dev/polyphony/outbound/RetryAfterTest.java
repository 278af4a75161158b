package dev.polyphony.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        120                           | PT2M
        ' 7 '                         | PT7S
        Thu, 01 Jan 2026 00:01:30 GMT | PT1M30S
        Wed, 31 Dec 2025 23:00:00 GMT | PT0S
        999999999                     | PT24H
        99999999999                   | PT24H
        0.5                           | PT0.5S
        2147483648                    | PT24H
        99999999999999999999999999    | PT24H
        86400                         | PT24H
        86399.0000000000001           | PT23H59M59S
        0.0001                        | PT0.001S
        """)
    void readsSecondsAndDates(String header, Duration wait) {
        assertThat(RetryAfter.parse(header, NOW)).contains(wait);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "-5", "soon", "1e3"})
    void saysNothingWhenItIsMissingOrUnreadable(@Nullable String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    }
}
