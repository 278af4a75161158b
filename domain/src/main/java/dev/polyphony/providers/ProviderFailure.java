package dev.polyphony.providers;

import dev.polyphony.shared.Rejection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A provider did not do what it was asked, told in a sentence that names the provider. */
public final class ProviderFailure extends Rejection {
    private static final long serialVersionUID = 1L;

    private final ProviderProblem problem;
    private final @Nullable Duration retryAfter;

    ProviderFailure(ProviderProblem problem, String sentence, @Nullable Duration retryAfter) {
        super(problem, sentence);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    @Override
    public ProviderProblem problem() {
        return problem;
    }

    /** How long the vendor asks us to wait, 0 to 24 h; null when it did not say. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** The same failure with the vendor's wish; null when it has none. */
    public ProviderFailure askingToWait(@Nullable Duration wait) {
        return new ProviderFailure(problem, String.valueOf(getMessage()), wait);
    }
}
