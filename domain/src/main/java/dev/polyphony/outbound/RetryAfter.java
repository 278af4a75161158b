package dev.polyphony.outbound;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Retry-After} of an answer: seconds, which may have a fraction, or a date. */
public final class RetryAfter {
    /** However long a server asks for, it is called again after this time. */
    public static final Duration MAX = Duration.ofHours(24);

    private static final Pattern SECONDS = Pattern.compile("\\d+(?:\\.\\d+)?");
    private static final int MILLIS = 1_000;

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
        Matcher seconds = SECONDS.matcher(header);
        if (seconds.matches()) {
            // However many digits there are, and beyond what a long can hold: it is a number, and a long wait.
            double wait = Math.min(Double.parseDouble(header), (double) MAX.toSeconds());
            return Optional.of(Duration.ofMillis((long) Math.ceil(wait * MILLIS)));
        }
        try {
            Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header));
            return Optional.of(Duration.between(now, date));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
