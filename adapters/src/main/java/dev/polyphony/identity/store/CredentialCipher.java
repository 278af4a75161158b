package dev.polyphony.identity.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.eventstore.crypto.AesGcm;
import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.identity.ApiKeyGrant;
import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.ApiKeySecret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import tools.jackson.databind.json.JsonMapper;

/**
 * Digests secrets with HMAC-SHA256 and encrypts what they open, under keys that are derived from the master key for nothing else. What
 * a secret opens is bound to that secret and to its key: moved to another row, or changed, it cannot be read.
 */
public final class CredentialCipher {
    private static final String HMAC = "HmacSHA256";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SecretKey digestKey;
    private final SecretKey grantKey;

    public CredentialCipher(DerivedKeys keys) {
        digestKey = keys.forPurpose("polyphony api key digests");
        grantKey = keys.forPurpose("polyphony api key grants");
    }

    byte[] digest(ApiKeySecret secret) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(digestKey);
            return mac.doFinal(secret.value().getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + HMAC, e);
        }
    }

    byte[] encrypt(ApiKeyGrant grant, ApiKeyId keyId, byte[] digest) {
        return AesGcm.encrypt(grantKey, JSON.writeValueAsBytes(grant), context(keyId, digest));
    }

    /** Empty when it was encrypted under another master key, or changed since. */
    Optional<ApiKeyGrant> readable(byte[] encrypted, ApiKeyId keyId, byte[] digest) {
        try {
            return Optional.of(
                    JSON.readValue(AesGcm.decrypt(grantKey, encrypted, context(keyId, digest)), ApiKeyGrant.class));
        } catch (GeneralSecurityException changed) {
            return Optional.empty();
        }
    }

    ApiKeyGrant decrypt(byte[] encrypted, ApiKeyId keyId, byte[] digest) {
        return readable(encrypted, keyId, digest)
                .orElseThrow(() -> new IllegalStateException(
                        "the credential of API key %s was changed in the database, or the master key is another one"
                                .formatted(keyId)));
    }

    /** The digest has a fixed length, so that no two pairs look alike. */
    private static byte[] context(ApiKeyId keyId, byte[] digest) {
        byte[] id = keyId.value().getBytes(UTF_8);
        return ByteBuffer.allocate(digest.length + id.length)
                .put(digest)
                .put(id)
                .array();
    }
}
