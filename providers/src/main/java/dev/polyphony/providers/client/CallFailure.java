package dev.polyphony.providers.client;

import dev.polyphony.providers.ProviderProblem;

/** A call did not come to a reply, for a reason that the connection or the answer shows; told in words that do not name the provider. */
public final class CallFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProviderProblem problem;

    public CallFailure(ProviderProblem problem, String words) {
        super(words);
        this.problem = problem;
    }

    public ProviderProblem problem() {
        return problem;
    }
}
