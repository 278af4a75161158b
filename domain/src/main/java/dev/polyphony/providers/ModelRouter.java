package dev.polyphony.providers;

import dev.polyphony.providers.chat.ReplyListener;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks the enabled providers in order until one replies. Its methods block and never throw for a provider's failure; interrupting
 * the calling thread ends the call, which is then unanswered and leaves the thread interrupted. They throw a {@link PromptInjection}
 * for a message of the caller that looks like one. Where budgets limit the spender and
 * their ledger does not answer, they throw what it threw.
 */
public interface ModelRouter {
    /** The whole reply. Each attempt may take the request's timeout, as far as the deadline allows. */
    Routed<ModelReply> route(ModelRequest request, RouteOptions options);

    /**
     * The same, told piece by piece on the calling thread. While nothing was told, a provider that fails is followed by the next
     * one unseen; afterwards its failure is the answer, and no other provider is asked.
     */
    Routed<ModelReply> route(ModelRequest request, RouteOptions options, ReplyListener listener);

    /**
     * Turns texts into vectors. Vectors of different models cannot be compared: allow one provider where they are kept.
     *
     * @param texts 1 to 2048, none of them blank
     */
    Routed<Embeddings> embed(List<String> texts, RouteOptions options);

    /** Names of the enabled providers by priority. */
    List<String> providers();

    /** How a request fared. */
    sealed interface Routed<T> {
        /** In the order in which they began, the providers that were passed over too. */
        List<ModelAttempt> attempts();
    }

    /**
     * A provider replied.
     *
     * @param provider who; its attempt is the one with the outcome {@code ok}
     */
    record Answered<T>(T reply, String provider, List<ModelAttempt> attempts) implements Routed<T> {
        public Answered {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * Nobody replied, or a stream broke after its first piece.
     *
     * @param problem what to tell the caller: that of the request where it was refused, {@code PROVIDER_RATE_LIMITED} where rates
     *     are all that was in the way, else {@code AI_PROVIDER_UNAVAILABLE} or why the call ended early, such as
     *     {@code BUDGET_EXHAUSTED}
     * @param reason a sentence that says for each provider why it did not answer
     * @param retryAfter when a provider can be asked again; null when that is not known
     * @param attempts empty when no enabled provider was allowed
     */
    record Unanswered<T>(
            ProviderProblem problem,
            String reason,
            @Nullable Duration retryAfter,
            List<ModelAttempt> attempts) implements Routed<T> {
        public Unanswered {
            attempts = List.copyOf(attempts);
        }

        /** The same as an exception, for callers who keep no trail. */
        public ProviderFailure failure() {
            ProviderFailure failure = problem.because(reason).comingBackAfter(retryAfter);
            return attempts.reversed().stream()
                    .filter(attempt -> attempt.outcome().equals(problem.slug()))
                    .map(ModelAttempt::httpStatus)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map(status -> failure.answered(status, retryAfter))
                    .orElse(failure);
        }
    }
}
