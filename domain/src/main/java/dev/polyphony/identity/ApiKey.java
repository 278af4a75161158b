package dev.polyphony.identity;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.polyphony.identity.ApiKeyCommand.IssueApiKey;
import dev.polyphony.identity.ApiKeyEvent.ApiKeyIssued;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** A key that opens the API. */
@AggregateRoot(type = "api_key")
@SuppressWarnings("NullAway.Init") // Axon fills the fields by replaying events
public class ApiKey {
    @AggregateIdentifier
    private ApiKeyId id;

    protected ApiKey() {}

    /** Returns whether the key was issued now; issuing it again changes nothing, so that every start may try. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    boolean handle(IssueApiKey command) {
        boolean isNew = id == null;
        if (isNew) {
            apply(new ApiKeyIssued(command.keyId(), command.tenant(), command.name(), command.role(), command.hash()));
        }
        return isNew;
    }

    @EventSourcingHandler
    void on(ApiKeyEvent event) {
        id = event.keyId();
    }
}
