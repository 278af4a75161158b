package dev.polyphony.shared;

import java.util.Map;
import org.axonframework.messaging.MetaData;

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
public record MessageOrigin(TenantId tenant, String actor, String correlationId, String causationId) {
    public static final String TENANT = "tenant";
    public static final String ACTOR = "actor";
    public static final String CORRELATION_ID = "correlation_id";
    public static final String CAUSATION_ID = "causation_id";

    /** What the server does of its own accord, for the default tenant. */
    public static MessageOrigin ofServer(String part) {
        return new MessageOrigin(TenantId.DEFAULT, "system:" + part, part, part);
    }

    /** As a stored event carries it. */
    public static MessageOrigin of(MetaData metaData) {
        return new MessageOrigin(
                new TenantId(text(metaData, TENANT)),
                text(metaData, ACTOR),
                text(metaData, CORRELATION_ID),
                text(metaData, CAUSATION_ID));
    }

    /** The origin of somebody else's message that follows directly from {@code cause}. */
    public MessageOrigin then(String nextActor, String cause) {
        return new MessageOrigin(tenant, nextActor, correlationId, cause);
    }

    public MetaData metaData() {
        return MetaData.from(
                Map.of(TENANT, tenant.value(), ACTOR, actor, CORRELATION_ID, correlationId, CAUSATION_ID, causationId));
    }

    private static String text(MetaData metaData, String key) {
        return String.valueOf(metaData.get(key));
    }
}
