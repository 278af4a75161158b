package dev.polyphony.identity.tenants;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.polyphony.identity.tenants.TenantCommand.ChangeTenant;
import dev.polyphony.identity.tenants.TenantCommand.CreateTenant;
import dev.polyphony.identity.tenants.TenantCommand.DeleteTenant;
import dev.polyphony.identity.tenants.TenantEvent.TenantChanged;
import dev.polyphony.identity.tenants.TenantEvent.TenantCreated;
import dev.polyphony.identity.tenants.TenantEvent.TenantDeleted;
import dev.polyphony.shared.TenantId;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** One of those who share the server. The system tenant is there from the beginning, without an event. */
@AggregateRoot(type = "tenant")
@SuppressWarnings("NullAway.Init") // Axon fills the fields by replaying events
public class Tenant {
    @AggregateIdentifier
    private TenantAggregateId id;

    private @Nullable TenantProfile profile;

    protected Tenant() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CreateTenant command) {
        TenantId tenant = command.tenantId().tenant();
        if (id != null || tenant.equals(TenantId.DEFAULT)) {
            boolean deleted = id != null && profile == null;
            throw TenantProblem.TENANT_ID_TAKEN
                    .because(
                            deleted
                                    ? "the tenant '%s' was deleted, and its id is never used again; choose another"
                                            .formatted(tenant)
                                    : "there is a tenant '%s' already; choose another id, or change that one"
                                            .formatted(tenant))
                    .about("id", tenant.value(), "an id that no tenant has or had");
        }
        apply(new TenantCreated(tenant, command.profile()));
    }

    // Created if missing: the system tenant may have no event yet, and an unknown id is refused with our error and not
    // with Axon's.
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ChangeTenant command) {
        TenantId tenant = command.tenantId().tenant();
        TenantProfile before = current(tenant);
        TenantProfile after = command.change().of(before);
        if (!after.equals(before)) {
            apply(new TenantChanged(tenant, after));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(DeleteTenant command) {
        TenantId tenant = command.tenantId().tenant();
        if (tenant.equals(TenantId.DEFAULT)) {
            throw TenantProblem.TENANT_REQUIRED.because(
                    "the system tenant '%s' cannot be deleted: its operators run the server".formatted(tenant));
        }
        current(tenant);
        apply(new TenantDeleted(tenant));
    }

    private TenantProfile current(TenantId tenant) {
        if (profile != null) {
            return profile;
        }
        if (tenant.equals(TenantId.DEFAULT)) {
            return TenantProfile.OF_SYSTEM;
        }
        throw TenantProblem.unknown(tenant);
    }

    @EventSourcingHandler
    void on(TenantEvent event) {
        id = new TenantAggregateId(event.tenant());
        profile = switch (event) {
            case TenantCreated created -> created.profile();
            case TenantChanged changed -> changed.profile();
            case TenantDeleted _ -> null;
        };
    }
}
