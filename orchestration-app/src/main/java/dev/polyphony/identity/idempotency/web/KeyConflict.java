package dev.polyphony.identity.idempotency.web;

import dev.polyphony.identity.idempotency.StoredAnswer;
import dev.polyphony.platform.web.Idempotent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A key was used before.
 *
 * @param idempotencyKey as it was sent
 * @param existingJobId the id of what the first request created; null when it created nothing or is not answered yet
 */
record KeyConflict(String idempotencyKey, @Nullable String existingJobId) {
    static @Nullable String createdId(StoredAnswer first, Idempotent declared) {
        if (declared.created().isEmpty()) {
            return null;
        }
        JsonNode id = JsonMapper.shared().readTree(first.body()).get(declared.created());
        return id == null || id.isNull() ? null : id.asString();
    }
}
