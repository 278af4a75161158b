package dev.polyphony.identity.limits;

import dev.polyphony.shared.EventName;
import dev.polyphony.shared.TenantId;

/** What was decided about a tenant's limits. */
public sealed interface TenantLimitsEvent {
    TenantLimitsId limitsId();

    /**
     * @param tenant whose limits they are
     * @param limits all that are not those of the tier
     */
    @EventName("limits.changed")
    record LimitsChanged(TenantLimitsId limitsId, TenantId tenant, Limits limits) implements TenantLimitsEvent {}
}
