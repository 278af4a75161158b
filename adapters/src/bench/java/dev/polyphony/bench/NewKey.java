package dev.polyphony.bench;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.polyphony.identity.ApiKeyEvent.ApiKeyIssued;
import dev.polyphony.identity.ApiKeyGrant;
import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.shared.TenantId;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * An API key that is issued without looking first whether it was issued before: begun as runs are, so that the load of many is
 * theirs.
 */
@AggregateRoot(type = "api_key")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Axon fills the field by replaying events, and reads it
class NewKey {
    record Issue(@TargetAggregateIdentifier ApiKeyId id) {}

    static final ApiKeyGrant GRANT = new ApiKeyGrant(TenantId.DEFAULT, "bench", Set.of(Role.ADMIN), Scope.ALL, null);

    @AggregateIdentifier
    private ApiKeyId id;

    protected NewKey() {}

    @CommandHandler
    NewKey(Issue command) {
        apply(new ApiKeyIssued(command.id(), GRANT, ""));
    }

    @EventSourcingHandler
    void on(ApiKeyIssued event) {
        id = event.keyId();
    }
}
