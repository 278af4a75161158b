package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.polyphony.identity.ApiKeyCommand.IssueApiKey;
import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.ApiKeySecret;
import dev.polyphony.identity.Role;
import dev.polyphony.shared.Provenance;
import dev.polyphony.shared.TenantId;
import java.security.SecureRandom;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** The key of somebody who is no admin. */
final class TrainerKey {
    private static final int PATIENCE = 60;

    private TrainerKey() {}

    /** Returns when the server knows it. */
    static String issue(CommandGateway commands, Api stranger) {
        ApiKeySecret secret = ApiKeySecret.generate(new SecureRandom());
        commands.sendAndWait(
                new IssueApiKey(ApiKeyId.of(secret), TenantId.DEFAULT, "trainer", Role.TRAINER, secret.hash()),
                Provenance.ofServer("test").metaData());
        await().atMost(PATIENCE, SECONDS)
                .until(() -> stranger.get("/api/v1/webhooks", "X-API-Key", secret.value())
                                .status()
                        == 200);
        return secret.value();
    }
}
