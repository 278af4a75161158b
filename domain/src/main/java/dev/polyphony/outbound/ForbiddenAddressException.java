package dev.polyphony.outbound;

import java.io.IOException;

/** A connection was not made because its address is private or special and not allowed; says which and how to allow it. */
public final class ForbiddenAddressException extends IOException {
    private static final long serialVersionUID = 1L;

    public ForbiddenAddressException(String sentence) {
        super(sentence);
    }
}
