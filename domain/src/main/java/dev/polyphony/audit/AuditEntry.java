package dev.polyphony.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;

/**
 * One event of the history.
 *
 * @param position its place in the whole history, from 1 without gaps
 * @param eventId unique; webhooks and causation refer to it
 * @param type the stable event name, such as {@code workflow.started}
 * @param timestamp when it happened, to the microsecond
 * @param actor who did it
 * @param tenant whose data it is
 * @param aggregateId what it happened to
 * @param aggregateType the kind of that thing
 * @param sequence its place in the history of that thing, from 0 without gaps
 * @param correlationId the request that started it all
 * @param causationId the event or request that led directly to it
 * @param payload the facts, as stored
 */
public record AuditEntry(
        long position,
        String eventId,
        String type,
        Instant timestamp,
        String actor,
        String tenant,
        String aggregateId,
        String aggregateType,
        long sequence,
        String correlationId,
        String causationId,
        @JsonRawValue String payload) {}
