package dev.polyphony.providers.vendor;

import dev.polyphony.outbound.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How long a vendor asks us to wait: {@code Retry-After} in seconds or as an HTTP date, {@code retry-after-ms} (OpenAI), the
 * delay in the body (Gemini), the time to a reset ({@code x-ratelimit-reset-*}, OpenAI and Groq) or the time of a reset
 * ({@code anthropic-ratelimit-*-reset}), where the first that can be read counts; of several resets, that of a limit with
 * nothing remaining.
 */
final class VendorRetryAfter {
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,12}(?:\\.\\d{1,9})?");
    private static final Pattern SPAN = Pattern.compile(
            "(?:(?<d>\\d{1,6})d)?(?:(?<h>\\d{1,6})h)?(?:(?<m>\\d{1,6})m(?!s))?(?:(?<s>\\d{1,6}(?:\\.\\d{1,9})?)s)?(?:(?<ms>\\d{1,9}(?:\\.\\d{1,9})?)ms)?");
    private static final Pattern DELAY = Pattern.compile("\"retryDelay\"\\s*:\\s*\"(?<span>[0-9.]{1,20}s)\"");

    private final Headers headers;
    private final Instant now;

    VendorRetryAfter(Headers headers, Instant now) {
        this.headers = headers;
        this.now = now;
    }

    /** At most 24 h; null when the vendor does not say. */
    @Nullable
    Duration in(String body) {
        return Stream.<Optional<Duration>>of(
                        header("retry-after-ms").flatMap(VendorRetryAfter::millis),
                        header("retry-after")
                                .flatMap(text -> RetryAfter.parse(text, now).or(() -> span(text))),
                        delay(body),
                        reset("x-ratelimit-reset-", "x-ratelimit-remaining-", "", VendorRetryAfter::span),
                        reset("anthropic-ratelimit-", "anthropic-ratelimit-", "-reset", this::until))
                .flatMap(Optional::stream)
                .findFirst()
                .map(RetryAfter::bounded)
                .orElse(null);
    }

    private Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(String::strip);
    }

    private static Optional<Duration> delay(String body) {
        Matcher delay = DELAY.matcher(body);
        return delay.find() ? span(delay.group("span")) : Optional.empty();
    }

    /** The longest of the resets whose limit has nothing remaining. */
    private Optional<Duration> reset(
            String prefix, String counterPrefix, String suffix, Function<String, Optional<Duration>> read) {
        return headers.names().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> name.startsWith(prefix) && name.endsWith(suffix))
                .filter(name -> {
                    String what = name.substring(prefix.length(), name.length() - suffix.length());
                    String counter = counterPrefix + what + (suffix.isEmpty() ? "" : "-remaining");
                    return header(counter).filter("0"::equals).isPresent();
                })
                .flatMap(name -> header(name).flatMap(read).stream())
                .max(Duration::compareTo);
    }

    private static Optional<Duration> millis(String text) {
        return DECIMAL.matcher(text).matches()
                ? Optional.of(Duration.ofNanos((long) (Double.parseDouble(text) * 1_000_000)))
                : Optional.empty();
    }

    private Optional<Duration> until(String time) {
        try {
            return Optional.of(Duration.between(now, Instant.parse(time)));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** Such as {@code 6m0s}, {@code 1.5s} or {@code 20ms}. */
    private static Optional<Duration> span(String text) {
        Matcher span = SPAN.matcher(text);
        if (text.isEmpty() || !span.matches()) {
            return Optional.empty();
        }
        double seconds = number(span.group("d")) * 86_400
                + number(span.group("h")) * 3_600
                + number(span.group("m")) * 60
                + number(span.group("s"))
                + number(span.group("ms")) / 1_000;
        return Optional.of(Duration.ofMillis((long) (seconds * 1_000)));
    }

    private static double number(@Nullable String digits) {
        return digits == null ? 0 : Double.parseDouble(digits);
    }
}
