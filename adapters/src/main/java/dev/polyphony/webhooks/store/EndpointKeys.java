package dev.polyphony.webhooks.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.webhooks.WebhookEndpointId;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.springframework.security.crypto.encrypt.AesGcmBytesEncryptor;
import org.springframework.security.crypto.encrypt.BytesEncryptor;

/**
 * Gives each endpoint its own AES-256-GCM cipher, whose key is derived from the master key and the endpoint's id: a secret
 * that is copied to another endpoint's row cannot be decrypted.
 */
public final class EndpointKeys {
    private static final int KEY_BYTES = 32;

    private final byte[] masterKey;

    /**
     * @param masterKey 32 random bytes, the same on every node and after every restart
     * @throws IllegalArgumentException for any other length
     */
    public EndpointKeys(byte[] masterKey) {
        if (masterKey.length != KEY_BYTES) {
            throw new IllegalArgumentException("the master key has " + KEY_BYTES + " bytes, not " + masterKey.length);
        }
        this.masterKey = masterKey.clone();
    }

    BytesEncryptor cipher(WebhookEndpointId endpointId) {
        return AesGcmBytesEncryptor.withSecretKey(key(endpointId)).build();
    }

    private SecretKey key(WebhookEndpointId endpointId) {
        byte[] purpose = ("polyphony webhook secret " + endpointId).getBytes(UTF_8);
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract().addIKM(masterKey).thenExpand(purpose, KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot derive keys with HKDF-SHA256", e);
        }
    }
}
