package dev.polyphony.identity.web;

import dev.polyphony.identity.wiring.SecuritySettings;
import java.net.InetAddress;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/** Refuses to start where anybody on the network could make themselves tokens. */
@Component
final class OpenTokenEndpoint implements InitializingBean {
    private final boolean isOpen;
    private final ServerProperties server;

    OpenTokenEndpoint(SecuritySettings settings, ServerProperties server) {
        this.isOpen = settings.openTokenEndpoint();
        this.server = server;
    }

    @Override
    public void afterPropertiesSet() {
        InetAddress address = server.getAddress();
        if (isOpen && (address == null || !address.isLoopbackAddress())) {
            throw new IllegalArgumentException(
                    "polyphony.security.open-token-endpoint gives tokens to everybody who reaches the server, so it"
                        + " takes a server that only this machine reaches: set server.address=127.0.0.1, or switch it"
                        + " off. server.address is "
                            + (address == null ? "not set" : address.getHostAddress()));
        }
    }
}
