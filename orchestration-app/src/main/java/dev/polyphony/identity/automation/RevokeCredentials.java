package dev.polyphony.identity.automation;

import dev.polyphony.identity.ApiKeyCredentials;
import dev.polyphony.identity.ApiKeyEvent.ApiKeyRevoked;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.stereotype.Component;

/** Makes a revoked key's secrets count for nothing, also when the process that revoked it died before it could. */
@Component
@DisallowReplay
@ProcessingGroup("revoke-credentials")
class RevokeCredentials {
    private final ApiKeyCredentials credentials;

    RevokeCredentials(ApiKeyCredentials credentials) {
        this.credentials = credentials;
    }

    @EventHandler
    void on(ApiKeyRevoked event) {
        credentials.revoke(event.keyId());
    }
}
