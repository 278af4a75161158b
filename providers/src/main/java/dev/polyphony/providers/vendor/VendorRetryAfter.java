package dev.polyphony.providers.vendor;

import dev.polyphony.outbound.RetryAfter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How long a vendor asks us to wait. The first that can be read counts: {@code retry-after-ms} (OpenAI), {@code Retry-After}, the
 * delay in the body (Gemini), the resets of limits ({@code x-ratelimit-reset*}, {@code anthropic-ratelimit-*-reset}), and at last
 * "try again in 2.5s" in the message. A reset is in seconds, a span such as {@code 1m2.5s}, a time since 1970 in seconds or
 * milliseconds, or RFC 3339; of several, the longest of the limits with nothing remaining counts. Nothing is rounded down.
 */
final class VendorRetryAfter {
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,18}(?:\\.\\d{1,9})?");
    private static final Pattern SPAN = Pattern.compile(
            "(?:(?<d>\\d{1,6})d)?(?:(?<h>\\d{1,6})h)?(?:(?<m>\\d{1,6}(?:\\.\\d{1,9})?)m(?!s))?(?:(?<s>\\d{1,9}(?:\\.\\d{1,9})?)s)?(?:(?<ms>\\d{1,9}(?:\\.\\d{1,9})?)ms)?(?:(?<us>\\d{1,9}(?:\\.\\d{1,9})?)[u\u00b5]s)?");
    private static final Pattern DELAY = Pattern.compile("\"retryDelay\"\\s*:\\s*\"(?<span>[0-9.]{1,20}s)\"");
    private static final Pattern WORDS = Pattern.compile(
            "\\b(?:try again|retry) (?:in|after) (?:about"
                    + " )?(?<span>\\d[\\d.dhms]{0,40}[dhms]\\b|(?<count>\\d{1,9}(?:\\.\\d{1,9})?)"
                    + " ?(?<unit>milliseconds?|ms|seconds?|secs?|minutes?|mins?|hours?|days?)\\b)",
            Pattern.CASE_INSENSITIVE);

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);
    private static final BigDecimal MILLI = new BigDecimal("0.001");
    private static final BigDecimal MICRO = new BigDecimal("0.000001");

    /** Larger numbers are seconds since 1970; still larger ones milliseconds. */
    private static final BigDecimal EPOCH_SECONDS = BigDecimal.valueOf(1_000_000_000L);

    private static final BigDecimal EPOCH_MILLIS = BigDecimal.valueOf(100_000_000_000L);

    private final Headers headers;
    private final Instant now;

    VendorRetryAfter(Headers headers, Instant now) {
        this.headers = headers;
        this.now = now;
    }

    /** What an answer other than 429 says, in the headers made for it; null when it does not. */
    @Nullable
    Duration stated() {
        return first(asked());
    }

    /** At most 24 h; null when the vendor does not say. */
    @Nullable
    Duration in(String body) {
        return in(body, "");
    }

    /** @param message the vendor's sentence in the body */
    @Nullable
    Duration in(String body, String message) {
        return first(Stream.concat(
                asked(),
                Stream.of(
                        delay(body),
                        reset("x-ratelimit-reset-", "x-ratelimit-remaining-", ""),
                        reset("anthropic-ratelimit-", "anthropic-ratelimit-", "-reset"),
                        header("x-ratelimit-reset")
                                .or(() -> header("ratelimit-reset"))
                                .flatMap(this::time),
                        words(message))));
    }

    private static @Nullable Duration first(Stream<Optional<Duration>> found) {
        return found.flatMap(Optional::stream)
                .findFirst()
                .map(RetryAfter::bounded)
                .orElse(null);
    }

    private Stream<Optional<Duration>> asked() {
        return Stream.of(
                header("retry-after-ms").flatMap(text -> seconds(text, MILLI)),
                header("retry-after")
                        .flatMap(text ->
                                RetryAfter.parse(text, now).or(() -> span(text)).or(() -> until(text))));
    }

    private Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static Optional<Duration> delay(String body) {
        Matcher delay = DELAY.matcher(body);
        return delay.find() ? span(delay.group("span")) : Optional.empty();
    }

    private static Optional<Duration> words(String message) {
        Matcher words = WORDS.matcher(message);
        if (!words.find()) {
            return Optional.empty();
        }
        if (words.group("count") == null) {
            return span(words.group("span"));
        }
        String unit = words.group("unit").toLowerCase(Locale.ROOT);
        BigDecimal each = (unit.startsWith("mi") && !unit.startsWith("min")) || unit.equals("ms")
                ? MILLI
                : BigDecimal.valueOf(
                        switch (unit.charAt(0)) {
                            case 'd' -> 86_400;
                            case 'h' -> 3_600;
                            case 'm' -> 60;
                            default -> 1;
                        });
        return seconds(words.group("count"), each);
    }

    /** The longest of the resets whose limit has nothing remaining, or of which that is not said. */
    private Optional<Duration> reset(String prefix, String counterPrefix, String suffix) {
        return headers.names().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> name.startsWith(prefix) && name.endsWith(suffix))
                .filter(name -> {
                    String what = name.substring(prefix.length(), name.length() - suffix.length());
                    String counter = counterPrefix + what + (suffix.isEmpty() ? "" : "-remaining");
                    return header(counter).map("0"::equals).orElse(true);
                })
                .flatMap(name -> header(name).flatMap(this::time).stream())
                .max(Duration::compareTo);
    }

    private Optional<Duration> time(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            return span(text).or(() -> until(text));
        }
        BigDecimal number = new BigDecimal(text);
        if (number.compareTo(EPOCH_SECONDS) < 0) {
            return seconds(text, BigDecimal.ONE);
        }
        BigDecimal each = number.compareTo(EPOCH_MILLIS) < 0 ? BigDecimal.ONE : MILLI;
        return seconds(text, each)
                .map(since -> Duration.between(now, Instant.EPOCH.plus(since)))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    private static Optional<Duration> seconds(String text, BigDecimal each) {
        return DECIMAL.matcher(text).matches()
                ? Optional.of(duration(new BigDecimal(text).multiply(each)))
                : Optional.empty();
    }

    private static Duration duration(BigDecimal seconds) {
        BigDecimal whole = seconds.setScale(0, RoundingMode.DOWN);
        BigDecimal nanos = seconds.subtract(whole).multiply(NANOS).setScale(0, RoundingMode.UP);
        return Duration.ofSeconds(whole.longValue(), nanos.longValue());
    }

    private Optional<Duration> until(String time) {
        try {
            return Optional.of(Duration.between(now, OffsetDateTime.parse(time).toInstant()));
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
        return Optional.of(duration(part(span, "d", BigDecimal.valueOf(86_400))
                .add(part(span, "h", BigDecimal.valueOf(3_600)))
                .add(part(span, "m", BigDecimal.valueOf(60)))
                .add(part(span, "s", BigDecimal.ONE))
                .add(part(span, "ms", MILLI))
                .add(part(span, "us", MICRO))));
    }

    private static BigDecimal part(Matcher span, String name, BigDecimal each) {
        String digits = span.group(name);
        return digits == null ? BigDecimal.ZERO : new BigDecimal(digits).multiply(each);
    }
}
