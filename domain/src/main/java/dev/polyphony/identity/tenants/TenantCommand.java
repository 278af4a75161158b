package dev.polyphony.identity.tenants;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be done with a tenant. */
public sealed interface TenantCommand {
    TenantAggregateId tenantId();

    /** Refused for an id that is, or ever was, a tenant's. */
    record CreateTenant(@TargetAggregateIdentifier TenantAggregateId tenantId, TenantProfile profile)
            implements TenantCommand {}

    /** @param change what is to be different */
    record ChangeTenant(@TargetAggregateIdentifier TenantAggregateId tenantId, TenantChange change)
            implements TenantCommand {}

    /** Ends the tenant for good. Its credentials count no longer; whatever it has is removed by those who keep it. */
    record DeleteTenant(@TargetAggregateIdentifier TenantAggregateId tenantId) implements TenantCommand {}
}
