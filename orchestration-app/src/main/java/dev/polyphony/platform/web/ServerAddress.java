package dev.polyphony.platform.web;

import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Where this server can be reached from this machine; known once it listens. */
@Component
public class ServerAddress {
    private volatile int port;

    @EventListener
    void listening(WebServerInitializedEvent event) {
        port = event.getWebServer().getPort();
    }

    public String url() {
        return "http://localhost:" + port;
    }
}
