package dev.polyphony.platform.errors;

import java.io.IOException;

/** A body is not read to its end, for a reason that its sender can mend. */
public final class RefusedBody extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    public RefusedBody(ApiError error) {
        super(error.message());
        this.error = error;
    }

    ApiError error() {
        return error;
    }
}
