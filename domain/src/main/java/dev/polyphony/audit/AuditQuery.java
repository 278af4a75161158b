package dev.polyphony.audit;

import dev.polyphony.shared.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events to list. A filter that is null does not filter.
 *
 * @param tenant only events of this tenant
 * @param from the earliest time, inclusive
 * @param to the latest time, exclusive
 * @param before only positions below this one; the cursor of a page
 * @param limit the most entries, 1 to 1000
 */
public record AuditQuery(
        TenantId tenant,
        @Nullable String aggregateId,
        @Nullable String type,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String correlationId,
        @Nullable String actor,
        @Nullable Long before,
        int limit) {}
