package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.polyphony.identity.ApiKeyCommand.IssueApiKey;
import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.ApiKeySecret;
import dev.polyphony.identity.Role;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.TenantId;
import java.security.SecureRandom;
import java.util.Locale;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** The key of somebody in some tenant. */
final class TenantKey {
    private static final int TIMEOUT = 60;

    private TenantKey() {}

    /** Returns when the server knows it. */
    static String issue(CommandGateway commands, Api stranger, TenantId tenant, Role role) {
        ApiKeySecret secret = ApiKeySecret.generate(new SecureRandom());
        String name = role.name().toLowerCase(Locale.ROOT);
        commands.sendAndWait(
                new IssueApiKey(ApiKeyId.of(secret), tenant, name, role, secret.hash()),
                MessageOrigin.ofServer("test").metaData());
        await().atMost(TIMEOUT, SECONDS)
                .until(() -> stranger.get("/api/v1/webhooks", "X-API-Key", secret.value())
                                .status()
                        == 200);
        return secret.value();
    }
}
