package dev.polyphony.providers.management;

import static dev.polyphony.providers.management.ProviderTest.Verdict.FAIL;
import static dev.polyphony.providers.management.ProviderTest.Verdict.NOT_TESTED;
import static dev.polyphony.providers.management.ProviderTest.Verdict.PASS;

import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.Passage;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.management.ProviderTest.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks one provider a question whose answer is known, around the router: a circuit that is open, or an operator who has it
 * switched off, does not keep it from being tried. One call of a few tokens.
 */
public final class AskOnPurpose {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_TOKENS = 256;
    private static final String QUESTION = "What colour is the lighthouse? Answer in one short sentence.";
    private static final Passage FACT = new Passage("F1", "The lighthouse at the harbour is painted red.");
    private static final String ANSWER = "red";

    private final Clock clock;
    private final LongSupplier nanos;

    /** @param nanos nanoseconds that only ever grow */
    public AskOnPurpose(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
    }

    public ProviderTest ask(ModelProvider provider) {
        Instant at = clock.instant();
        long start = nanos.getAsLong();
        Seen seen = seen(provider);
        Duration duration = Duration.ofNanos(nanos.getAsLong() - start);
        return new ProviderTest(
                at, duration, seen.connectivity, seen.authentication, seen.modelAccess, seen.quality, seen.reason);
    }

    private record Seen(
            Verdict connectivity,
            Verdict authentication,
            Verdict modelAccess,
            Verdict quality,
            @Nullable String reason) {}

    private static Seen seen(ModelProvider provider) {
        try {
            return judged(provider.reply(ModelRequest.about("", QUESTION, List.of(FACT), MAX_TOKENS, TIMEOUT)));
        } catch (ProviderFailure failure) {
            return failed(failure.problem(), failure.getMessage());
        } catch (RuntimeException | LinkageError bug) { // a native library that does not load here says so too
            return new Seen(NOT_TESTED, NOT_TESTED, NOT_TESTED, FAIL, "it failed unexpectedly: " + bug);
        }
    }

    private static Seen judged(ModelReply reply) {
        return reply.text().toLowerCase(Locale.ROOT).contains(ANSWER)
                ? new Seen(PASS, PASS, PASS, PASS, null)
                : new Seen(
                        PASS,
                        PASS,
                        PASS,
                        FAIL,
                        "it was told of a red lighthouse, asked for its colour and did not say it");
    }

    private static Seen failed(ProviderProblem problem, @Nullable String reason) {
        return switch (problem) {
            case PROVIDER_UNREACHABLE, PROVIDER_CONNECT_TIMED_OUT ->
                new Seen(FAIL, NOT_TESTED, NOT_TESTED, NOT_TESTED, reason);
            case PROVIDER_REFUSED_KEY -> new Seen(PASS, FAIL, NOT_TESTED, NOT_TESTED, reason);
            case PROVIDER_QUOTA_EXHAUSTED, PROVIDER_REQUEST_INVALID, CONTEXT_WINDOW_EXCEEDED ->
                new Seen(PASS, PASS, NOT_TESTED, NOT_TESTED, reason);
            case PROVIDER_MODEL_UNKNOWN -> new Seen(PASS, PASS, FAIL, NOT_TESTED, reason);
            case PROVIDER_REPLY_EMPTY, PROVIDER_STREAM_BROKEN, CONTENT_REFUSED, REPLY_NOT_BY_SCHEMA ->
                new Seen(PASS, PASS, PASS, FAIL, reason);
            case PROVIDER_TIMED_OUT, PROVIDER_STALLED, PROVIDER_FIRST_TOKEN_TIMED_OUT, PROVIDER_REPLY_MALFORMED ->
                new Seen(PASS, NOT_TESTED, NOT_TESTED, FAIL, reason);
            case PROVIDER_RATE_LIMITED, PROVIDER_FAILED -> new Seen(PASS, NOT_TESTED, NOT_TESTED, NOT_TESTED, reason);
            default -> new Seen(NOT_TESTED, NOT_TESTED, NOT_TESTED, NOT_TESTED, reason);
        };
    }
}
