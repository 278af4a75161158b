package dev.polyphony.outbound;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Retry-After} of an answer: seconds, which may have a fraction, or a date. */
public final class RetryAfter {
    /** However long a server asks for, it is called again after this time. */
    public static final Duration MAX = Duration.ofHours(24);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,60}(?:\\.\\d{1,9})?");
    private static final int MILLI_DIGITS = 3;

    private RetryAfter() {}

    /** From zero to {@link #MAX}; empty for what is missing or unreadable. */
    public static Optional<Duration> parse(@Nullable String header, Instant now) {
        return header == null ? Optional.empty() : read(header.strip(), now).map(RetryAfter::bounded);
    }

    /** Never less than nothing and never more than {@link #MAX}. */
    public static Duration bounded(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(MAX) > 0 ? MAX : wait;
    }

    private static Optional<Duration> read(String header, Instant now) {
        if (SECONDS.matcher(header).matches()) {
            BigDecimal seconds = new BigDecimal(header).min(BigDecimal.valueOf(MAX.toSeconds()));
            return Optional.of(Duration.ofMillis(seconds.movePointRight(MILLI_DIGITS)
                    .setScale(0, RoundingMode.UP)
                    .longValueExact()));
        }
        try {
            Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header));
            return Optional.of(Duration.between(now, date));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
