package dev.polyphony.providers;

import dev.polyphony.shared.Problem;

/** Why a model could not be asked, or did not answer. */
public enum ProviderProblem implements Problem {
    /** No connection, or it broke before the reply was whole. */
    PROVIDER_UNREACHABLE(Kind.UNAVAILABLE, true),
    /** The vendor's server did not accept a connection in time. */
    PROVIDER_CONNECT_TIMED_OUT(Kind.UNAVAILABLE, true),
    /** A stream began with no token for too long. */
    PROVIDER_FIRST_TOKEN_TIMED_OUT(Kind.UNAVAILABLE, true),
    /** A stream fell silent between two tokens. */
    PROVIDER_STALLED(Kind.UNAVAILABLE, true),
    /** No complete reply within the time of the whole call, or the vendor ran out of time itself. */
    PROVIDER_TIMED_OUT(Kind.UNAVAILABLE, true),
    /** The vendor limits our rate, or there are more calls at once than we make. */
    PROVIDER_RATE_LIMITED(Kind.EXHAUSTED, true),
    /** The vendor answered with an error of its own, also in the middle of a stream. */
    PROVIDER_FAILED(Kind.UNAVAILABLE, true),
    /** The reply has no text, no tool call and no reason why it ended, or its stream ended before the first token. */
    PROVIDER_REPLY_EMPTY(Kind.UNAVAILABLE, true),
    /** What came is not JSON, is too large, or is JSON that is no reply. */
    PROVIDER_REPLY_MALFORMED(Kind.UNAVAILABLE, true),
    /** A stream ended after some tokens without its terminator. */
    PROVIDER_STREAM_BROKEN(Kind.UNAVAILABLE, true),
    /** The vendor did not accept our key. */
    PROVIDER_REFUSED_KEY(Kind.UNAVAILABLE, false),
    /** Our account with the vendor has no quota or money left. */
    PROVIDER_QUOTA_EXHAUSTED(Kind.UNAVAILABLE, false),
    /** The vendor has no such model, or not for us. */
    PROVIDER_MODEL_UNKNOWN(Kind.UNAVAILABLE, false),
    /** The provider cannot do what the request needs. */
    PROVIDER_LACKS_CAPABILITY(Kind.INVALID, false),
    /** The messages do not fit in the model's context window. */
    CONTEXT_WINDOW_EXCEEDED(Kind.INVALID, false),
    /** The vendor or the model refuses what is asked, or stopped what it wrote. */
    CONTENT_REFUSED(Kind.INVALID, false),
    /** The vendor does not understand the request or a part of it. */
    PROVIDER_REQUEST_INVALID(Kind.INVALID, false),
    /** The reply is not JSON by the schema, after one repair. */
    REPLY_NOT_BY_SCHEMA(Kind.UNAVAILABLE, false),
    /** A small local model repeats itself, or names nothing of what it was given. */
    PROVIDER_REPLY_UNUSABLE(Kind.UNAVAILABLE, false),
    /** The thread that asked was interrupted. */
    PROVIDER_CALL_CANCELLED(Kind.UNAVAILABLE, false),
    /** Every provider that the request allows was tried, or none is enabled. */
    AI_PROVIDER_UNAVAILABLE(Kind.UNAVAILABLE, true),
    /** Who asks has spent all that there is for them. */
    BUDGET_EXHAUSTED(Kind.EXHAUSTED, false),
    /** A caller's own message looks like a prompt injection. */
    PROMPT_INJECTION(Kind.INVALID, false),
    /** There is no provider of that name. */
    PROVIDER_UNKNOWN(Kind.NOT_FOUND, false),
    /** The provider cannot be enabled as it is configured. */
    PROVIDER_NOT_CONFIGURED(Kind.CONFLICT, false);

    private final Kind kind;
    private final boolean retryable;

    ProviderProblem(Kind kind, boolean retryable) {
        this.kind = kind;
        this.retryable = retryable;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    /** Whether the same request may succeed at the same provider a little later. */
    public boolean retryable() {
        return retryable;
    }

    /** Whether the vendor refused what was asked, as it would anywhere and however often it is asked. */
    public boolean isRequestsFault() {
        return this == CONTEXT_WINDOW_EXCEEDED || this == CONTENT_REFUSED || this == PROVIDER_REQUEST_INVALID;
    }

    @Override
    public ProviderFailure because(String sentence) {
        return new ProviderFailure(this, sentence);
    }
}
