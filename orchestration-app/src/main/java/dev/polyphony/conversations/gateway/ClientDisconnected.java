package dev.polyphony.conversations.gateway;

import org.jspecify.annotations.Nullable;

/** The client has closed its connection, so that nothing more can be written to it. */
public final class ClientDisconnected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClientDisconnected(@Nullable Exception cause) {
        super("the client has closed its connection", cause);
    }
}
