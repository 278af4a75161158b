package dev.polyphony.audit.web;

import dev.polyphony.audit.AuditQuery;
import dev.polyphony.shared.TenantId;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/**
 * Which events to list, all filters together.
 *
 * @param aggregateId only events that happened to this, such as a {@code workflow_id}
 * @param type only events of this name, such as {@code workflow.started}
 * @param from the earliest time, inclusive, in ISO 8601
 * @param to the latest time, exclusive, in ISO 8601
 * @param correlationId only events that this request id started
 * @param actor only what this key or part of the server did
 * @param cursor the {@code next_cursor} of the page before
 * @param limit the most items, 1 to 1000; 50 when absent
 */
record EventFilter(
        @BindParam("aggregate_id") @Nullable String aggregateId,
        @Nullable String type,
        @Nullable Instant from,
        @Nullable Instant to,
        @BindParam("correlation_id") @Nullable String correlationId,
        @Nullable String actor,
        @Schema(implementation = String.class) @Nullable Long cursor,

        @Nullable @Min(value = 1, message = "1 to 1000") @Max(value = 1000, message = "1 to 1000")
        Integer limit) {
    private static final int DEFAULT_LIMIT = 50;

    int most() {
        return limit == null ? DEFAULT_LIMIT : limit;
    }

    AuditQuery query(TenantId tenant, int most) {
        return new AuditQuery(tenant, aggregateId, type, from, to, correlationId, actor, cursor, most);
    }
}
