package dev.polyphony.platform.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where this server can be reached from this machine; known once it listens. */
@Component
public class ServerAddress {
    private final String scheme;
    private final String host;
    private volatile int port;

    ServerAddress(Environment settings) {
        boolean secure =
                settings.containsProperty("server.ssl.bundle") || settings.containsProperty("server.ssl.key-store");
        this.scheme = secure ? "https" : "http";
        this.host = reachable(settings.getProperty("server.address", ""));
    }

    @EventListener
    void listening(WebServerInitializedEvent event) {
        port = event.getWebServer().getPort();
    }

    public String url() {
        return scheme + "://" + host + ":" + port;
    }

    /** Every address of this machine, and its loopback addresses, are {@code localhost} here. */
    private static String reachable(String configured) {
        if (configured.isBlank()) {
            return "localhost";
        }
        try {
            InetAddress address = InetAddress.getByName(configured);
            return address.isAnyLocalAddress() || address.isLoopbackAddress() ? "localhost" : configured;
        } catch (UnknownHostException unknown) {
            return configured; // the server says what is wrong with it
        }
    }
}
