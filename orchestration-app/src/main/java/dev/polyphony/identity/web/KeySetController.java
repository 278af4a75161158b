package dev.polyphony.identity.web;

import dev.polyphony.identity.jwt.PublishedKeys;
import dev.polyphony.identity.jwt.PublishedKeys.PublicKey;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The keys by which others verify our tokens. */
@RestController
@Tag(name = "Tokens", description = "Signed tokens (JWT) for users and for those whom programs call.")
class KeySetController {
    private static final Duration CACHED = Duration.ofMinutes(1);

    private final PublishedKeys keys;

    KeySetController(PublishedKeys keys) {
        this.keys = keys;
    }

    /**
     * A JWK set (RFC 7517).
     *
     * @param keys the public keys; none when tokens are signed with a shared secret
     */
    @Schema(name = "KeySet")
    record KeySet(List<PublicKey> keys) {}

    /** Publishes the public keys that verify tokens of this server. */
    @GetMapping("/.well-known/jwks.json")
    @PermitAll
    ResponseEntity<KeySet> publishKeys() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(CACHED).cachePublic())
                .body(new KeySet(keys.all()));
    }
}
