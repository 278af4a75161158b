package dev.polyphony.shared;

/**
 * Where a command or an event comes from; travels as message metadata under the keys below and is stored beside every
 * event.
 *
 * @param tenant whose data it is
 * @param actor who did it: {@code key:<name>} for an API key, {@code agent:<id>} for an agent, {@code system:<part>} for
 *     the server itself
 * @param correlationId the request that started it all; the same for everything that follows from it
 * @param causationId the event or request that led directly to it
 */
public record Provenance(TenantId tenant, String actor, String correlationId, String causationId) {
    public static final String TENANT = "tenant";
    public static final String ACTOR = "actor";
    public static final String CORRELATION_ID = "correlation_id";
    public static final String CAUSATION_ID = "causation_id";
}
