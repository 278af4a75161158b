package dev.polyphony.providers.http;

/** The calling thread was interrupted, or the listener wants no more. */
public final class CancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CancelledException() {
        super("the call was cancelled");
    }
}
