package dev.polyphony.identity.jwt;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The public halves of the keys, for whoever verifies our tokens. There are none of HS256. */
public final class PublishedKeys {
    private final TokenKeys keys;

    PublishedKeys(TokenKeys keys) {
        this.keys = keys;
    }

    /**
     * One public key, as RFC 7517 has it.
     *
     * @param kty the kind of key: RSA
     * @param use what it is for: sig
     * @param alg the algorithm: RS256
     * @param kid names the key, as in the header of tokens
     * @param n the modulus, base64url
     * @param e the exponent, base64url
     */
    public record PublicKey(String kty, String use, String alg, String kid, String n, String e) {}

    public List<PublicKey> all() {
        return keys.verifying().stream()
                .map(PublishedKeys::published)
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable PublicKey published(JWK key) {
        return key instanceof RSAKey rsa
                ? new PublicKey(
                        "RSA",
                        "sig",
                        rsa.getAlgorithm().getName(),
                        rsa.getKeyID(),
                        rsa.getModulus().toString(),
                        rsa.getPublicExponent().toString())
                : null;
    }
}
