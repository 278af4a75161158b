package dev.polyphony.conversations.gateway;

import org.jspecify.annotations.Nullable;

/** The client does not listen any more, and there is nobody to tell. */
public final class ClientDisconnected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClientDisconnected(@Nullable Exception cause) {
        super("the client has closed its connection", cause);
    }
}
