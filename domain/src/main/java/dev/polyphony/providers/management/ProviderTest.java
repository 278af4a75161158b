package dev.polyphony.providers.management;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a provider fared when it was tried on purpose. No step claims more than was seen.
 *
 * @param at when it began
 * @param duration of all of it
 * @param asked whether its model was asked a question; otherwise only its list of models was read
 * @param connectivity whether its server was reached
 * @param authentication whether it accepted our key
 * @param modelListed whether its list of models names ours; not tested when it showed no list
 * @param modelAccess whether it let us ask the model
 * @param responseQuality whether the model answered the question
 */
public record ProviderTest(
        Instant at,
        Duration duration,
        boolean asked,
        Step connectivity,
        Step authentication,
        Step modelListed,
        Step modelAccess,
        Step responseQuality) {
    /** What is known of one part. */
    public enum Verdict {
        PASS,
        FAIL,
        /** Nothing showed it. */
        NOT_TESTED;

        /** As on the wire, such as {@code not_tested}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param problem what went wrong in this step, in words; null when nothing did */
    public record Step(Verdict verdict, @Nullable String problem) {
        public boolean passed() {
            return verdict == Verdict.PASS;
        }
    }

    /** Whether the model answered the question; where it was not asked, whether it could be. */
    public boolean passed() {
        return asked ? responseQuality.passed() : connectivity.passed() && authentication.passed();
    }

    /** What went wrong, in words; null when it passed. A model may answer although the list does not name it. */
    public @Nullable String reason() {
        return passed()
                ? null
                : Stream.of(connectivity, authentication, modelAccess, responseQuality, modelListed)
                        .map(Step::problem)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }
}
