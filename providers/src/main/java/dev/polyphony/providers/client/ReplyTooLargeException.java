package dev.polyphony.providers.client;

import java.io.IOException;

/** A server sent more than a reply may have; the rest was not read. */
public final class ReplyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    ReplyTooLargeException(long limit) {
        super("the reply is larger than " + limit + " bytes");
    }
}
