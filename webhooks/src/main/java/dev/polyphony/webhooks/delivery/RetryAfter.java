package dev.polyphony.webhooks.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Retry-After}: seconds or a date. */
final class RetryAfter {
    /** However long a receiver asks for, it is asked again after this time. */
    static final Duration MAX_WAIT = Duration.ofHours(24);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RetryAfter() {}

    /** From zero to {@link #MAX_WAIT}; zero for what is missing, unreadable or past. */
    static Duration parse(@Nullable String header, Instant now) {
        Duration wait = header == null ? Duration.ZERO : wait(header.strip(), now);
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
    }

    private static Duration wait(String header, Instant now) {
        if (SECONDS.matcher(header).matches()) {
            return Duration.ofSeconds(Long.parseLong(header));
        }
        try {
            return Duration.between(now, Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header)));
        } catch (DateTimeException _) {
            return Duration.ZERO;
        }
    }
}
