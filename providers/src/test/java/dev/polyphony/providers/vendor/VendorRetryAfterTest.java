package dev.polyphony.providers.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VendorRetryAfterTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After | 7 | PT7S",
                "Retry-After | 0.5 | PT0.5S",
                "Retry-After | 0 | PT0S",
                "retry-after | Tue, 01 Jan 2030 00:02:00 GMT | PT2M",
                "retry-after | Mon, 31 Dec 2029 23:00:00 GMT | PT0S",
                "retry-after | Mon, 31 Dec 2040 23:00:00 GMT | PT24H",
                "retry-after | 99999999999 | PT24H",
                "Retry-After | 1m30s | PT1M30S",
                "retry-after-ms | 1250 | PT1.25S"
            })
    void readsTheHeader(String name, String value, Duration wait) {
        assertThat(after("{}", name, value)).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Retry-After | soon", "Retry-After | -5", "retry-after-ms | NaN", "Retry-After | ''", "Date | 7"})
    void saysNothingWhenTheHeaderDoesNot(String name, String value) {
        assertThat(after("{}", name, value)).isNull();
    }

    @Test
    void takesTheLongestResetOfTheLimitsThatAreUsedUp() {
        assertThat(after(
                        "{}",
                        "x-ratelimit-remaining-requests",
                        "0",
                        "x-ratelimit-reset-requests",
                        "6m0s",
                        "x-ratelimit-remaining-tokens",
                        "5",
                        "x-ratelimit-reset-tokens",
                        "2h"))
                .isEqualTo(Duration.ofMinutes(6));
        assertThat(after("{}", "x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", "20ms"))
                .isEqualTo(Duration.ofMillis(20));
        assertThat(after(
                        "{}",
                        "anthropic-ratelimit-tokens-remaining",
                        "0",
                        "anthropic-ratelimit-tokens-reset",
                        "2030-01-01T00:00:30Z"))
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void readsTheDelayInTheBody() {
        assertThat(after("{\"error\": {\"details\": [{\"retryDelay\": \"34s\"}]}}"))
                .isEqualTo(Duration.ofSeconds(34));
    }

    private static @Nullable Duration after(String body, String... headers) {
        return new VendorRetryAfter(Headers.of(headers), NOW).in(body);
    }
}
