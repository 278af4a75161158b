package dev.polyphony.platform.web;

import jakarta.servlet.ServletRequest;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;

/**
 * The connection of the client whose request is being answered. The Servlet API reports a disconnected client only on writing; this
 * asks the socket, so that work whose client has disconnected can be stopped earlier.
 */
public final class ClientConnection {
    static final String ATTRIBUTE = "client_connection";

    private final Request request;

    ClientConnection(Request request) {
        this.request = request;
    }

    public static ClientConnection of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof ClientConnection connection) {
            return connection;
        }
        throw new IllegalStateException("the request did not come through the web server");
    }

    /**
     * Whether the client has closed its connection. To be asked after the body was read and while nothing is written. Without
     * blocking it reads what lies ready; only the end of the connection counts as available twice, since what a client sent
     * ahead stays in the buffer and is not counted again.
     */
    public boolean isClosed() {
        boolean once = hasInput();
        return once && hasInput();
    }

    private boolean hasInput() {
        request.action(ActionCode.AVAILABLE, true);
        return request.getAvailable() > 0;
    }
}
