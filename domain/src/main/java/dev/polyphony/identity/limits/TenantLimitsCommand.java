package dev.polyphony.identity.limits;

import dev.polyphony.shared.TenantId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be decided about a tenant's limits. */
public sealed interface TenantLimitsCommand {
    TenantLimitsId limitsId();

    /** @param limits all that are not those of the tier */
    record ChangeLimits(@TargetAggregateIdentifier TenantLimitsId limitsId, TenantId tenant, Limits limits)
            implements TenantLimitsCommand {}
}
