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
    private final DisconnectMonitor monitor;
    private boolean started;

    /** @param monitor pauses while something is written */
    public StreamingResponse(HttpServletResponse response, String contentType, DisconnectMonitor monitor) {
        this.response = response;
        this.contentType = contentType;
        this.monitor = monitor;
    }

    public boolean hasStarted() {
        return started;
    }

    /** @throws ClientDisconnected when the client has closed its connection */
    public void send(String chunk) {
        monitor.pause();
        try {
            start();
            OutputStream out = response.getOutputStream();
            out.write(chunk.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException disconnected) {
            throw new ClientDisconnected(disconnected);
        } finally {
            monitor.resume();
        }
    }

    private void start() {
        if (!started) {
            started = true;
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType(contentType);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        }
    }
}
