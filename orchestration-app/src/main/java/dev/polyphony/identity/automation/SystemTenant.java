package dev.polyphony.identity.automation;

import dev.polyphony.identity.Tenants;
import dev.polyphony.identity.Tier;
import dev.polyphony.shared.TenantId;
import org.springframework.stereotype.Component;

/** The system tenant has no bounds of its own; others begin with the smallest. */
@Component
class SystemTenant implements Tenants {
    @Override
    public Tier tier(TenantId tenant) {
        return tenant.equals(TenantId.DEFAULT) ? Tier.ENTERPRISE : Tier.FREE;
    }
}
