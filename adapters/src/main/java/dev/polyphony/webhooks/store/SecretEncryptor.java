package dev.polyphony.webhooks.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.eventstore.crypto.AesGcm;
import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.webhooks.SigningSecret;
import dev.polyphony.webhooks.WebhookEndpointId;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKey;

/**
 * Encrypts signing secrets with AES-256-GCM under a key that is derived from the master key for nothing else. A ciphertext is
 * bound to its endpoint: copied to another endpoint's row it cannot be decrypted.
 */
public final class SecretEncryptor {
    private final SecretKey key;

    public SecretEncryptor(DerivedKeys keys) {
        key = keys.forPurpose("polyphony webhook secrets");
    }

    byte[] encrypt(WebhookEndpointId endpointId, SigningSecret secret) {
        return AesGcm.encrypt(key, secret.key(), context(endpointId));
    }

    SigningSecret decrypt(WebhookEndpointId endpointId, byte[] encrypted) {
        try {
            return SigningSecret.ofKey(AesGcm.decrypt(key, encrypted, context(endpointId)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The signing secret of webhook " + endpointId + " cannot be decrypted: polyphony.master-key is not"
                            + " the one that it was encrypted with, or the row was changed.",
                    e);
        }
    }

    private static byte[] context(WebhookEndpointId endpointId) {
        return endpointId.toString().getBytes(UTF_8);
    }
}
