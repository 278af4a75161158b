package dev.polyphony.identity.tokens;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The generated keys that tokens are signed with, shared by all nodes and encrypted at rest. */
public interface SigningKeys {
    /** Newest first; those that verify nothing any more are left out. */
    List<SigningKey> all();

    /**
     * Adds a key unless another node did: when there is none of its algorithm, or the newest of it is older than {@code rotation}.
     * Keys that are replaced verify for {@code overlap} more.
     */
    void rotate(SigningKey fresh, Duration rotation, Duration overlap);

    /**
     * One key.
     *
     * @param keyId as in the header of tokens
     * @param algorithm RS256 or HS256
     * @param material PKCS #8 of an RSA key, or the secret of HS256
     * @param signsFrom when every node knows it
     * @param verifiesUntil null while it is not replaced
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record SigningKey(
            String keyId,
            String algorithm,
            byte[] material,
            Instant signsFrom,
            @Nullable Instant verifiesUntil) {
        @Override
        public String toString() {
            return "SigningKey[" + keyId + "]";
        }
    }
}
