package dev.polyphony.identity;

import dev.polyphony.shared.TenantId;

/** What is known of tenants when a request comes in. */
public interface Tenants {
    /** What the tenant has booked. */
    Tier tier(TenantId tenant);
}
