package dev.polyphony.identity.limits;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.polyphony.identity.limits.TenantLimitsCommand.ChangeLimits;
import dev.polyphony.identity.limits.TenantLimitsEvent.LimitsChanged;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** What operators decided about the limits of one tenant. */
@AggregateRoot(type = "tenant_limits")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Axon fills the fields by replaying events, and reads the id
public class TenantLimits {
    @AggregateIdentifier
    private TenantLimitsId id;

    private Limits limits = Limits.NONE;

    protected TenantLimits() {}

    /** Deciding the same again changes nothing. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ChangeLimits command) {
        if (!command.limits().equals(limits)) {
            apply(new LimitsChanged(command.limitsId(), command.tenant(), command.limits()));
        }
    }

    @EventSourcingHandler
    void on(TenantLimitsEvent event) {
        id = event.limitsId();
        limits = switch (event) {
            case LimitsChanged changed -> changed.limits();
        };
    }
}
