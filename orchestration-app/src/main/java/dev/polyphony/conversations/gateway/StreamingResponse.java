package dev.polyphony.conversations.gateway;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;

/**
 * A response that is written chunk by chunk. Nothing is sent before the first chunk, so that a failure before it is an ordinary
 * error with its status.
 */
public final class StreamingResponse {
    private final HttpServletResponse response;
    private final String contentType;
    private final Runnable stopMonitoring;
    private boolean started;

    /** @param stopMonitoring runs before anything is written */
    public StreamingResponse(HttpServletResponse response, String contentType, Runnable stopMonitoring) {
        this.response = response;
        this.contentType = contentType;
        this.stopMonitoring = stopMonitoring;
    }

    public boolean hasStarted() {
        return started;
    }

    /** From here on, writing shows whether the client is still connected. */
    void stopMonitoring() {
        stopMonitoring.run();
    }

    /** @throws ClientDisconnected when the client has closed its connection */
    public void send(String chunk) {
        start();
        try {
            OutputStream out = response.getOutputStream();
            out.write(chunk.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException disconnected) {
            throw new ClientDisconnected(disconnected);
        }
    }

    private void start() {
        if (!started) {
            stopMonitoring();
            started = true;
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType(contentType);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        }
    }
}
