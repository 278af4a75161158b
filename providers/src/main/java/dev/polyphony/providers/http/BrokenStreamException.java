package dev.polyphony.providers.http;

/** A stream did not come to its end: what was told so far is not a reply. */
public final class BrokenStreamException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenStreamException(String message) {
        super(message);
    }
}
