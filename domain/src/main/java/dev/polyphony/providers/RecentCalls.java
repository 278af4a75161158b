package dev.polyphony.providers;

import dev.polyphony.shared.TenantId;
import java.util.List;

/** Calls of models that this node made lately, also those that no event tells of, such as a client's chat. */
public interface RecentCalls {
    /**
     * In the order in which they ended; empty when there were none, or when they are long ago.
     *
     * @param correlationId the request that they were made for
     */
    List<ModelAttempt> of(TenantId tenant, String correlationId);
}
