package dev.polyphony.providers.management;

import static dev.polyphony.providers.management.ProviderTest.Verdict.FAIL;
import static dev.polyphony.providers.management.ProviderTest.Verdict.NOT_TESTED;
import static dev.polyphony.providers.management.ProviderTest.Verdict.PASS;

import dev.polyphony.providers.ContextChunk;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.management.ProviderTest.Step;
import dev.polyphony.providers.management.ProviderTest.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries one provider around the router: a circuit that is open, or an operator who has it switched off, does not keep it from
 * being tried. First its list of models is read, which is free; then its model is asked a question whose answer is known.
 */
public final class ProviderProbe {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderProbe.class);
    private static final Duration LIST_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** The answer has a handful; models that think first need more. */
    private static final int MAX_TOKENS = 1_024;

    private static final String QUESTION = "What colour is the lighthouse? Answer in one short sentence.";
    private static final ContextChunk FACT = new ContextChunk("F1", "The lighthouse at the harbour is painted red.");
    private static final String ANSWER = "red";

    private final Clock clock;
    private final LongSupplier nanos;

    /** @param nanos nanoseconds that only ever grow */
    public ProviderProbe(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
    }

    /** Both steps; the second one is left out when the server cannot be reached. */
    public ProviderTest ask(ModelProvider provider) {
        Instant at = clock.instant();
        long start = nanos.getAsLong();
        ProviderList list = ProviderList.of(provider, LIST_TIMEOUT);
        Observed observed = list.connectivity() == FAIL
                ? Observed.in(list)
                : asked(provider).after(list);
        return observed.test(at, Duration.ofNanos(nanos.getAsLong() - start), true, list);
    }

    /** The first step alone; empty when it does not show whether the provider could be asked. */
    public Optional<ProviderTest> look(ModelProvider provider) {
        Instant at = clock.instant();
        long start = nanos.getAsLong();
        ProviderList list = ProviderList.of(provider, LIST_TIMEOUT);
        return list.isTelling()
                ? Optional.of(Observed.in(list).test(at, Duration.ofNanos(nanos.getAsLong() - start), false, list))
                : Optional.empty();
    }

    /** Of a provider that cannot be asked for want of its key: nothing is sent. */
    public ProviderTest lacking(String what) {
        ProviderList none = new ProviderList(NOT_TESTED, NOT_TESTED, null, null);
        return new Observed(NOT_TESTED, FAIL, NOT_TESTED, NOT_TESTED, what)
                .test(clock.instant(), Duration.ZERO, true, none);
    }

    /** @param reason belongs to the first step that failed; where none did, to the first that could not be tested */
    private record Observed(
            Verdict connectivity,
            Verdict authentication,
            Verdict modelAccess,
            Verdict quality,
            @Nullable String reason) {
        /** What the list alone shows. */
        static Observed in(ProviderList list) {
            return new Observed(
                    list.connectivity(),
                    list.authentication(),
                    NOT_TESTED,
                    NOT_TESTED,
                    list.shown() == null ? list.problem() : null);
        }

        /** What the question does not show, the list may have shown. */
        Observed after(ProviderList list) {
            return new Observed(
                    connectivity == NOT_TESTED ? list.connectivity() : connectivity,
                    authentication == NOT_TESTED ? list.authentication() : authentication,
                    modelAccess,
                    quality,
                    reason);
        }

        ProviderTest test(Instant at, Duration duration, boolean asked, ProviderList list) {
            List<Verdict> verdicts = List.of(connectivity, authentication, modelAccess, quality);
            int culprit = verdicts.contains(FAIL) ? verdicts.indexOf(FAIL) : verdicts.indexOf(NOT_TESTED);
            return new ProviderTest(
                    at,
                    duration,
                    asked,
                    step(verdicts, 0, culprit),
                    step(verdicts, 1, culprit),
                    list.step(),
                    step(verdicts, 2, culprit),
                    step(verdicts, 3, culprit));
        }

        private Step step(List<Verdict> verdicts, int place, int culprit) {
            return new Step(verdicts.get(place), place == culprit ? reason : null);
        }
    }

    private static Observed asked(ModelProvider provider) {
        try {
            return judged(provider.reply(ModelRequest.about("", QUESTION, List.of(FACT), MAX_TOKENS, TIMEOUT)));
        } catch (ProviderFailure failure) {
            return failed(failure.problem(), failure.getMessage());
        } catch (RuntimeException | LinkageError bug) { // a native library that does not load here says so too
            LOG.error("provider {} broke its contract", provider.name(), bug);
            return new Observed(
                    NOT_TESTED, NOT_TESTED, NOT_TESTED, FAIL, "it failed unexpectedly; the server's log tells more");
        }
    }

    private static Observed judged(ModelReply reply) {
        return reply.text().toLowerCase(Locale.ROOT).contains(ANSWER)
                ? new Observed(PASS, PASS, PASS, PASS, null)
                : new Observed(
                        PASS,
                        PASS,
                        PASS,
                        FAIL,
                        "it was told of a red lighthouse, asked for its colour and did not say it");
    }

    private static Observed failed(ProviderProblem problem, @Nullable String reason) {
        return switch (problem) {
            case PROVIDER_UNREACHABLE, PROVIDER_CONNECT_TIMED_OUT ->
                new Observed(FAIL, NOT_TESTED, NOT_TESTED, NOT_TESTED, reason);
            case PROVIDER_REFUSED_KEY -> new Observed(PASS, FAIL, NOT_TESTED, NOT_TESTED, reason);
            case PROVIDER_QUOTA_EXHAUSTED, PROVIDER_REQUEST_INVALID, CONTEXT_WINDOW_EXCEEDED ->
                new Observed(PASS, PASS, NOT_TESTED, NOT_TESTED, reason);
            case PROVIDER_MODEL_UNKNOWN -> new Observed(PASS, PASS, FAIL, NOT_TESTED, reason);
            case PROVIDER_REPLY_EMPTY,
                    PROVIDER_STREAM_BROKEN,
                    CONTENT_REFUSED,
                    REPLY_NOT_BY_SCHEMA,
                    PROVIDER_REPLY_UNUSABLE -> new Observed(PASS, PASS, PASS, FAIL, reason);
            case PROVIDER_TIMED_OUT, PROVIDER_STALLED, PROVIDER_FIRST_TOKEN_TIMED_OUT, PROVIDER_REPLY_MALFORMED ->
                new Observed(PASS, NOT_TESTED, NOT_TESTED, FAIL, reason);
            case PROVIDER_RATE_LIMITED, PROVIDER_FAILED ->
                new Observed(PASS, NOT_TESTED, NOT_TESTED, NOT_TESTED, reason);
            default -> new Observed(NOT_TESTED, NOT_TESTED, NOT_TESTED, NOT_TESTED, reason);
        };
    }
}
