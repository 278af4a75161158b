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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-ratelimit-reset | 12 | PT12S",
                "x-ratelimit-reset | 2.5 | PT2.5S",
                "x-ratelimit-reset | 250ms | PT0.25S",
                "x-ratelimit-reset | 1m2.5s | PT1M2.5S",
                "x-ratelimit-reset | 1893456030 | PT30S",
                "x-ratelimit-reset | 1893456030500 | PT30.5S",
                "x-ratelimit-reset | 2030-01-01T00:00:45Z | PT45S",
                "x-ratelimit-reset | 2030-01-01T01:00:45+01:00 | PT45S",
                "X-RateLimit-Reset-Requests | 1m2.5s | PT1M2.5S",
                "x-ratelimit-reset-tokens | 7 | PT7S",
                "ratelimit-reset | 9 | PT9S",
                "retry-after | 2030-01-01T00:00:45Z | PT45S",
                "retry-after-ms | 0.5 | PT0.0005S",
                "x-ratelimit-reset | 1893455900 | PT0S"
            })
    void readsAResetInEveryForm(String name, String value, Duration wait) {
        assertThat(after("{}", name, value)).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Rate limit reached. Please try again in 2.5s. Visit x for more. | PT2.5S",
                "Please try again in 250ms. | PT0.25S",
                "Please try again in 7m12.345s. | PT7M12.345S",
                "Please retry in 20.5s. | PT20.5S",
                "Try again in 3 seconds | PT3S",
                "please retry after 2 minutes | PT2M",
                "try again in 300 milliseconds | PT0.3S"
            })
    void readsTheMessage(String message, Duration wait) {
        assertThat(new VendorRetryAfter(Headers.of(), NOW).in("{}", message)).isEqualTo(wait);
        assertThat(new VendorRetryAfter(Headers.of(), NOW).in("{}", "try again in a moment"))
                .isNull();
    }

    @Test
    void readsOnlyWhatIsMadeForItOfOtherAnswers() {
        assertThat(new VendorRetryAfter(Headers.of("x-ratelimit-reset", "5"), NOW).stated())
                .isNull();
        assertThat(new VendorRetryAfter(Headers.of("retry-after", "5"), NOW).stated())
                .isEqualTo(Duration.ofSeconds(5));
    }

    private static @Nullable Duration after(String body, String... headers) {
        return new VendorRetryAfter(Headers.of(headers), NOW).in(body);
    }
}
