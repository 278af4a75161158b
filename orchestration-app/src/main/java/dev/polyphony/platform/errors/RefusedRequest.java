package dev.polyphony.platform.errors;

/** A request is refused before its handler is called. It carries no stack trace. */
public final class RefusedRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    public RefusedRequest(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    ApiError error() {
        return error;
    }
}
