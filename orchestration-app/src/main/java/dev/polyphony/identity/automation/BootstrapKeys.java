package dev.polyphony.identity.automation;

import dev.polyphony.identity.ApiKeyCommand.IssueApiKey;
import dev.polyphony.identity.ApiKeyCommand.RotateApiKey;
import dev.polyphony.identity.ApiKeyCredentials;
import dev.polyphony.identity.ApiKeyCredentials.Credential;
import dev.polyphony.identity.ApiKeyGrant;
import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.ApiKeySecret;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.identity.wiring.FirstKeySettings;
import dev.polyphony.platform.DataDirectory;
import dev.polyphony.platform.security.PrivateFile;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.stereotype.Component;

/**
 * Makes sure that somebody can call the API: the configured key counts and no earlier value of it; when none is configured and none was ever
 * made, one is generated and left in {@code <data-dir>/admin-key} for its owner's eyes only.
 */
@Component
@Order(1)
class BootstrapKeys implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(BootstrapKeys.class);
    private static final RetryTemplate RETRY = new RetryTemplate(RetryPolicy.builder()
            .excludes(IllegalArgumentException.class, UncheckedIOException.class)
            .maxRetries(10)
            .delay(Duration.ofSeconds(1))
            .build());
    private static final MetaData ORIGIN = MessageOrigin.ofServer("start").metaData();

    private final CommandGateway commands;
    private final ApiKeyCredentials credentials;
    private final Optional<ApiKeySecret> configured;
    private final DataDirectory directory;
    private final Clock clock;

    BootstrapKeys(
            CommandGateway commands,
            ApiKeyCredentials credentials,
            FirstKeySettings settings,
            DataDirectory directory,
            Clock clock) {
        this.commands = commands;
        this.credentials = credentials;
        this.configured = settings.secret();
        this.directory = directory;
        this.clock = clock;
    }

    /** A busy database may not take the first event at once. All of it can be repeated. */
    @Override
    public void run(ApplicationArguments arguments) {
        RETRY.invoke(this::makeKeys);
    }

    private void makeKeys() {
        if (configured.isPresent()) {
            configure(configured.get());
        } else {
            credentials.expire(ApiKeyId.CONFIGURED, clock.instant());
            try {
                generate();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private void configure(ApiKeySecret secret) {
        if (credentials.find(secret).filter(this::counts).isPresent()) {
            return;
        }
        ApiKeyGrant grant = grant("admin");
        boolean isNew = issue(ApiKeyId.CONFIGURED, grant);
        if (!isNew) {
            commands.sendAndWait(new RotateApiKey(ApiKeyId.CONFIGURED, TenantId.DEFAULT, clock.instant()), ORIGIN);
            LOG.info("polyphony.api-key counts from now on, and no earlier value of it.");
        }
        if (!credentials.store(ApiKeyId.CONFIGURED, secret, grant, clock.instant())) {
            throw new IllegalArgumentException(
                    "polyphony.api-key (POLYPHONY_API_KEY) is a key that was revoked; choose another");
        }
    }

    /** The file comes first: a process that dies in between finds its key again and issues it then. */
    private void generate() throws IOException {
        Path file = directory.resolve("admin-key");
        boolean kept = Files.exists(file);
        if (!kept) {
            PrivateFile.write(file, ApiKeySecret.generate(new SecureRandom()).value());
        }
        ApiKeySecret secret = new ApiKeySecret(Files.readString(file).strip());
        ApiKeyGrant grant = grant("first-admin");
        if (issue(ApiKeyId.FIRST, grant)) {
            credentials.store(ApiKeyId.FIRST, secret, grant, clock.instant());
            LOG.info("An admin API key was made. It is in {}", file);
        } else if (!kept) {
            Files.delete(file);
        } else if (credentials.find(secret).isEmpty()) {
            storeAgain(secret, grant);
        }
    }

    /** The process died before it was stored, or there is another master key. A key that was revoked stays so. */
    private void storeAgain(ApiKeySecret secret, ApiKeyGrant grant) {
        try {
            commands.sendAndWait(new RotateApiKey(ApiKeyId.FIRST, TenantId.DEFAULT, clock.instant()), ORIGIN);
            credentials.store(ApiKeyId.FIRST, secret, grant, clock.instant());
        } catch (Rejection revoked) {
            LOG.info("The key in {} was revoked.", directory.resolve("admin-key"));
        }
    }

    private boolean counts(Credential credential) {
        return !credential.revoked() && !credential.grant().isExpired(clock.instant());
    }

    private static ApiKeyGrant grant(String name) {
        return new ApiKeyGrant(TenantId.DEFAULT, name, Set.of(Role.ADMIN, Role.OPERATOR), Scope.ALL, null);
    }

    private boolean issue(ApiKeyId id, ApiKeyGrant grant) {
        return commands.<Boolean>sendAndWait(new IssueApiKey(id, grant, "made at a start of the server"), ORIGIN);
    }
}
