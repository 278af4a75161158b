package dev.polyphony.providers.management;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.polyphony.providers.management.ProviderCommand.ConfigureProvider;
import dev.polyphony.providers.management.ProviderEvent.ProviderConfigured;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** What was decided about one provider. It begins with the first decision: until then the provider is as it is deployed. */
@AggregateRoot(type = "provider")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Axon fills the fields by replaying events, and reads the id
public class Provider {
    @AggregateIdentifier
    private ProviderId id;

    private ProviderOverrides overrides = ProviderOverrides.NONE;

    protected Provider() {}

    /** Returns all that counts now. What already counts is not decided again, so that a caller may repeat what it asked for. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    ProviderOverrides handle(ConfigureProvider command) {
        ProviderOverrides next = command.changes().over(overrides);
        if (!next.equals(overrides)) {
            apply(new ProviderConfigured(command.provider(), next));
        }
        return next;
    }

    @EventSourcingHandler
    void on(ProviderEvent event) {
        id = event.provider();
        overrides = switch (event) {
            case ProviderConfigured configured -> configured.overrides();
        };
    }
}
