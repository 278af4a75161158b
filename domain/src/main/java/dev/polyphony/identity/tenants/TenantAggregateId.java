package dev.polyphony.identity.tenants;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.polyphony.shared.TenantId;

/** Names a tenant among the aggregates, such as {@code tenant:acme}. */
public record TenantAggregateId(TenantId tenant) {
    @JsonValue
    @Override
    public String toString() {
        return "tenant:" + tenant;
    }
}
