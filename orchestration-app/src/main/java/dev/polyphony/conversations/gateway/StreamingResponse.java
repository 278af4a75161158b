package dev.polyphony.conversations.gateway;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;

/**
 * An answer that is written piece by piece. Nothing is sent before the first piece, so that a failure before it is an ordinary
 * error with its status.
 */
public final class StreamingResponse {
    private final HttpServletResponse response;
    private final String contentType;
    private final Runnable endWatch;
    private boolean begun;

    /** @param endWatch runs before anything is written */
    public StreamingResponse(HttpServletResponse response, String contentType, Runnable endWatch) {
        this.response = response;
        this.contentType = contentType;
        this.endWatch = endWatch;
    }

    public boolean hasBegun() {
        return begun;
    }

    /** From here on the client is watched by writing to it. */
    void stopWatching() {
        endWatch.run();
    }

    /** @throws ClientDisconnected when the client has closed its connection */
    public void send(String piece) {
        begin();
        try {
            OutputStream out = response.getOutputStream();
            out.write(piece.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException gone) {
            throw new ClientDisconnected(gone);
        }
    }

    private void begin() {
        if (!begun) {
            stopWatching();
            begun = true;
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType(contentType);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        }
    }
}
