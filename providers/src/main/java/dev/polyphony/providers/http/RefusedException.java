package dev.polyphony.providers.http;

/** A vendor or its model refuses what was asked, in the words of the message. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String words) {
        super(words);
    }
}
