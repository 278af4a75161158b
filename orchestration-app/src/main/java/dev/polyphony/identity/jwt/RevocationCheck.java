package dev.polyphony.identity.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.polyphony.identity.tokens.TokenRevocations;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;

/**
 * Whether a token that is right otherwise was revoked. What was looked up holds for half a second, so that a revoked token counts
 * nowhere any more a second later.
 */
final class RevocationCheck {
    private static final Duration CACHE_TTL = Duration.ofMillis(500);
    private static final int MAX_CACHED = 10_000;

    private final TokenRevocations revocations;
    private final Cache<String, Boolean> cache;

    RevocationCheck(TokenRevocations revocations, Ticker ticker) {
        this.revocations = revocations;
        this.cache = Caffeine.newBuilder()
                .expireAfterWrite(CACHE_TTL)
                .maximumSize(MAX_CACHED)
                .ticker(ticker)
                .build();
    }

    boolean isRevoked(Jwt token) {
        String id = tokenId(token);
        if (id == null) {
            return false;
        }
        Boolean known = cache.getIfPresent(id);
        if (known == null) {
            known = revocations.isRevoked(id, session(token));
            cache.put(id, known);
        }
        return known;
    }

    /** This node need not wait until it looks again. */
    void forget(Jwt token) {
        String id = tokenId(token);
        if (id != null) {
            cache.invalidate(id);
        }
    }

    /** Ids of one issuer say nothing about those of another. Null when the token has none. */
    static @Nullable String tokenId(Jwt token) {
        return token.getId() == null ? null : token.getClaimAsString(JwtClaimNames.ISS) + " " + token.getId();
    }

    static @Nullable UUID session(Jwt token) {
        String session = token.getClaimAsString(AccessTokens.SESSION);
        return session == null ? null : UUID.fromString(session);
    }
}
