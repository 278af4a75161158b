package dev.polyphony.identity.automation;

import dev.polyphony.identity.ApiKeyCommand.IssueApiKey;
import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.ApiKeySecret;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.wiring.FirstKeySettings;
import dev.polyphony.platform.DataDirectory;
import dev.polyphony.platform.security.PrivateFile;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Makes sure that somebody can call the API: issues the configured admin key, or, when none is configured and none was ever
 * made, generates one, prints it once and leaves it in {@code <data-dir>/admin-key} for its owner's eyes only.
 */
@Component
@Order(1)
class FirstAdminKey implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(FirstAdminKey.class);
    private static final int SHORT = 32;
    private static final MetaData PROVENANCE = MessageOrigin.ofServer("start").metaData();

    private final CommandGateway commands;
    private final FirstKeySettings settings;
    private final DataDirectory directory;

    FirstAdminKey(CommandGateway commands, FirstKeySettings settings, DataDirectory directory) {
        this.commands = commands;
        this.settings = settings;
        this.directory = directory;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        String configured = settings.apiKey().strip();
        if (configured.isEmpty()) {
            generate();
            return;
        }
        if (configured.length() < SHORT) {
            LOG.warn(
                    "POLYPHONY_API_KEY has only {} characters; use at least {} random ones",
                    configured.length(),
                    SHORT);
        }
        ApiKeySecret secret = new ApiKeySecret(configured);
        issue(ApiKeyId.of(secret), "admin", secret);
    }

    /** The file comes first: a process that dies in between finds its key again and issues it then. */
    private void generate() throws IOException {
        Path file = directory.resolve("admin-key");
        boolean kept = Files.exists(file);
        if (!kept) {
            PrivateFile.write(file, ApiKeySecret.generate(new SecureRandom()).value());
        }
        ApiKeySecret secret = new ApiKeySecret(Files.readString(file).strip());
        if (issue(ApiKeyId.FIRST_ADMIN, "first-admin", secret)) {
            LOG.info("Your admin API key, printed this once and kept in {}: {}", file, secret.value());
        } else if (!kept) {
            Files.delete(file);
        }
    }

    private boolean issue(ApiKeyId id, String name, ApiKeySecret secret) {
        return commands.<Boolean>sendAndWait(
                new IssueApiKey(id, TenantId.DEFAULT, name, Role.ADMIN, secret.hash()), PROVENANCE);
    }
}
