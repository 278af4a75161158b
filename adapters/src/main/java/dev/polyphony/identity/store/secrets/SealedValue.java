package dev.polyphony.identity.store.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.eventstore.crypto.AesGcm;
import dev.polyphony.eventstore.crypto.DerivedKeys;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKey;

/**
 * Encrypts secrets with AES-256-GCM under a key that is derived from the master key for one purpose. A ciphertext is bound to its
 * place: moved to another row or column it cannot be decrypted.
 */
public final class SealedValue {
    private final SecretKey key;
    private final String purpose;

    public SealedValue(DerivedKeys keys, String purpose) {
        this.key = keys.forPurpose(purpose);
        this.purpose = purpose;
    }

    public byte[] encrypt(byte[] plain, String place) {
        return AesGcm.encrypt(key, plain, place.getBytes(UTF_8));
    }

    public byte[] decrypt(byte[] encrypted, String place) {
        try {
            return AesGcm.decrypt(key, encrypted, place.getBytes(UTF_8));
        } catch (GeneralSecurityException changed) {
            throw new IllegalStateException(
                    "the secret " + place + " (" + purpose + ") cannot be decrypted: it was changed or moved, or"
                            + " polyphony.master-key is not the one that it was encrypted with",
                    changed);
        }
    }
}
