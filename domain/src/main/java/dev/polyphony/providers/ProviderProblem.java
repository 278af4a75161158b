package dev.polyphony.providers;

import dev.polyphony.shared.Problem;

/** Why a model could not be asked. */
public enum ProviderProblem implements Problem {
    /** No connection, or it broke. */
    PROVIDER_UNREACHABLE(Kind.UNAVAILABLE),
    /** No complete reply within the request's timeout. */
    PROVIDER_TIMED_OUT(Kind.UNAVAILABLE),
    /** The vendor did not accept our key (HTTP 401 or 403). */
    PROVIDER_REFUSED_KEY(Kind.UNAVAILABLE),
    /** The vendor limits our rate (HTTP 429). */
    PROVIDER_RATE_LIMITED(Kind.UNAVAILABLE),
    /** The vendor answered with another error, or with something that is not a reply. */
    PROVIDER_FAILED(Kind.UNAVAILABLE),
    /** Every provider that the request allows was tried, or none is enabled. */
    AI_PROVIDER_UNAVAILABLE(Kind.UNAVAILABLE);

    private final Kind kind;

    ProviderProblem(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
