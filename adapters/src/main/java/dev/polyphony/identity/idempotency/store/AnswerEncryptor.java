package dev.polyphony.identity.idempotency.store;

import dev.polyphony.eventstore.crypto.AesGcm;
import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.identity.idempotency.StoredAnswer;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKey;
import tools.jackson.databind.json.JsonMapper;

/** Encrypts answers with AES-256-GCM under a key of their own; each is bound to its request. */
final class AnswerEncryptor {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final SecretKey key;

    AnswerEncryptor(DerivedKeys keys) {
        key = keys.forPurpose("polyphony idempotency answers");
    }

    byte[] encrypt(byte[] requestId, StoredAnswer answer) {
        return AesGcm.encrypt(key, JSON.writeValueAsBytes(answer), requestId);
    }

    /** @throws IllegalStateException when it was changed in the database, or belongs to another master key */
    StoredAnswer decrypt(byte[] requestId, byte[] encrypted) {
        try {
            return JSON.readValue(AesGcm.decrypt(key, encrypted, requestId), StoredAnswer.class);
        } catch (GeneralSecurityException changed) {
            throw new IllegalStateException(
                    "a stored answer cannot be decrypted: it was changed in the database, or polyphony.master-key is"
                            + " not the one that it was encrypted with",
                    changed);
        }
    }
}
