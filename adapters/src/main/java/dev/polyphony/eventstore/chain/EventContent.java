package dev.polyphony.eventstore.chain;

import java.time.Instant;

/**
 * What an event says, before it has a place in the history.
 *
 * @param eventId unique in the whole history
 * @param type the stable name, such as {@code workflow.started}
 * @param revision of the stored form, from 1
 * @param sequence its place in the history of its aggregate, from 0 without gaps
 * @param occurredAt to the microsecond, which is what PostgreSQL keeps
 * @param payload JSON, kept byte for byte
 */
public record EventContent(
        String eventId,
        String type,
        int revision,
        String aggregateType,
        String aggregateId,
        long sequence,
        String tenant,
        String actor,
        String correlationId,
        String causationId,
        Instant occurredAt,
        String payload) {}
