package dev.polyphony.identity.tokens;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The access tokens that do not count any more although they have not expired. No projection: nothing brings one back. */
public interface TokenRevocations {
    /** @param expiresAt when the token expires anyway */
    void revoke(String tokenId, Instant expiresAt);

    /** @param sessionId null for a token that belongs to none */
    boolean isRevoked(String tokenId, @Nullable UUID sessionId);
}
