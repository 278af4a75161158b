package dev.polyphony.identity.tenants;

import dev.polyphony.shared.EventName;
import dev.polyphony.shared.TenantId;

/** What has happened to a tenant. Stored for ever: add an event rather than change one. */
public sealed interface TenantEvent {
    TenantId tenant();

    @EventName("tenant.created")
    record TenantCreated(TenantId tenant, TenantProfile profile) implements TenantEvent {}

    @EventName("tenant.changed")
    record TenantChanged(TenantId tenant, TenantProfile profile) implements TenantEvent {}

    /** Nothing of the tenant counts any more; every context removes what it keeps for it. */
    @EventName("tenant.deleted")
    record TenantDeleted(TenantId tenant) implements TenantEvent {}
}
