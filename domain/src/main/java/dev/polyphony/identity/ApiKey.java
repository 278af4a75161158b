package dev.polyphony.identity;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.polyphony.identity.ApiKeyCommand.IssueApiKey;
import dev.polyphony.identity.ApiKeyCommand.RevokeApiKey;
import dev.polyphony.identity.ApiKeyCommand.RotateApiKey;
import dev.polyphony.identity.ApiKeyEvent.ApiKeyIssued;
import dev.polyphony.identity.ApiKeyEvent.ApiKeyRevoked;
import dev.polyphony.identity.ApiKeyEvent.ApiKeyRotated;
import dev.polyphony.shared.TenantId;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** A key that opens the API, from its issue to its revocation. */
@AggregateRoot(type = "api_key")
@SuppressWarnings("NullAway.Init") // Axon fills the fields by replaying events
public class ApiKey {
    @AggregateIdentifier
    private ApiKeyId id;

    private @Nullable TenantId owner;

    protected ApiKey() {}

    /** Returns whether the key was issued now; issuing it again changes nothing, so that every start may try. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    boolean handle(IssueApiKey command) {
        boolean isNew = id == null;
        if (isNew) {
            apply(new ApiKeyIssued(command.keyId(), command.grant(), command.description()));
        }
        return isNew;
    }

    // Created if missing, so that an id which was never issued is refused with our error and not with Axon's.
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RotateApiKey command) {
        if (!command.tenant().equals(owner)) {
            throw ApiKeyProblem.unknown(command.keyId());
        }
        apply(new ApiKeyRotated(command.keyId(), command.oldValidUntil()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RevokeApiKey command) {
        if (!command.tenant().equals(owner)) {
            throw ApiKeyProblem.unknown(command.keyId());
        }
        if (command.keyId().isConfigured()) {
            throw ApiKeyProblem.configured(command.keyId());
        }
        apply(new ApiKeyRevoked(command.keyId()));
    }

    @EventSourcingHandler
    void on(ApiKeyEvent event) {
        id = event.keyId();
        switch (event) {
            case ApiKeyIssued issued -> owner = issued.grant().tenant();
            case ApiKeyRotated _ -> {}
            case ApiKeyRevoked _ -> owner = null;
        }
    }
}
