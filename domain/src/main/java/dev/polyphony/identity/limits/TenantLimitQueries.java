package dev.polyphony.identity.limits;

import dev.polyphony.identity.Tier;
import dev.polyphony.shared.TenantId;

/** The limits that count for a tenant now. */
public interface TenantLimitQueries {
    /** All of them: those of its tier, and instead of those what an operator decided. */
    Limits limits(TenantId tenant, Tier tier);

    /** Only what an operator decided. */
    Limits decided(TenantId tenant);
}
