package dev.polyphony.providers;

import dev.polyphony.shared.Rejection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A provider did not do what it was asked, told in a sentence that names the provider. */
public final class ProviderFailure extends Rejection {
    private static final long serialVersionUID = 1L;

    private final ProviderProblem problem;
    private final @Nullable Integer status;
    private final @Nullable Duration retryAfter;
    private final transient @Nullable TokenUsage spent;

    ProviderFailure(ProviderProblem problem, String sentence) {
        this(problem, sentence, null, null, null);
    }

    private ProviderFailure(
            ProviderProblem problem,
            String sentence,
            @Nullable Integer status,
            @Nullable Duration retryAfter,
            @Nullable TokenUsage spent) {
        super(problem, sentence);
        this.problem = problem;
        this.status = status;
        this.retryAfter = retryAfter;
        this.spent = spent;
    }

    @Override
    public ProviderProblem problem() {
        return problem;
    }

    /** The HTTP status of an answer that told of an error, 200 when it began well; null when no such answer came. */
    public @Nullable Integer status() {
        return status;
    }

    /** The vendor's own, where it refused the request or knows no such model. */
    @Override
    public @Nullable Integer passedOnStatus() {
        boolean refused = problem.isRequestsFault() || problem == ProviderProblem.PROVIDER_MODEL_UNKNOWN;
        return refused && status != null && status >= 400 && status < 500 ? status : null;
    }

    /** How long the vendor asks us to wait, 0 to 24 h, or until a budget is renewed; null when nobody said. */
    @Override
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** Tokens that were counted although there is no reply; null when none were. */
    public @Nullable TokenUsage spent() {
        return spent;
    }

    /** The same failure, which an answer told of. */
    public ProviderFailure answered(int withStatus, @Nullable Duration askingToWait) {
        return new ProviderFailure(problem, String.valueOf(getMessage()), withStatus, askingToWait, spent);
    }

    /** The same failure, which is worth another try after that time. */
    public ProviderFailure comingBackAfter(@Nullable Duration time) {
        return new ProviderFailure(problem, String.valueOf(getMessage()), status, time, spent);
    }

    /** The same failure, after tokens were spent on it. */
    public ProviderFailure afterSpending(@Nullable TokenUsage tokens) {
        return new ProviderFailure(problem, String.valueOf(getMessage()), status, retryAfter, tokens);
    }
}
