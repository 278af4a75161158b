package dev.polyphony.providers.management;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a provider fared when it was asked on purpose. Each verdict is what the one call showed.
 *
 * @param at when it began
 * @param duration of the call, to its reply or failure
 * @param connectivity whether its server was reached and answered
 * @param authentication whether it accepted our key
 * @param modelAccess whether it let us ask the model
 * @param responseQuality whether the model answered the question
 * @param reason what went wrong, in words; null when nothing did
 */
public record ProviderTest(
        Instant at,
        Duration duration,
        Verdict connectivity,
        Verdict authentication,
        Verdict modelAccess,
        Verdict responseQuality,
        @Nullable String reason) {
    /** What is known of one part. */
    public enum Verdict {
        PASS,
        FAIL,
        /** The call ended before it could show. */
        NOT_TESTED;

        /** As on the wire, such as {@code not_tested}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether the model answered the question. */
    public boolean passed() {
        return responseQuality == Verdict.PASS;
    }
}
