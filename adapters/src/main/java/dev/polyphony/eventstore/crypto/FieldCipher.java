package dev.polyphony.eventstore.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;

/** The algorithms that fields are encrypted with, under the names that are stored beside the data. */
enum FieldCipher {
    /** Never the same result twice; for the history. */
    RANDOMIZED("AES-256-GCM"),

    /** The same result for the same input; for read models, which a rebuild leaves as they were. */
    DETERMINISTIC("AES-256-GCM-SIV");

    private final String algorithm;

    FieldCipher(String algorithm) {
        this.algorithm = algorithm;
    }

    static Optional<FieldCipher> of(String algorithm) {
        return Arrays.stream(values())
                .filter(cipher -> cipher.algorithm.equals(algorithm))
                .findFirst();
    }

    String algorithm() {
        return algorithm;
    }

    byte[] encrypt(SecretKey key, byte[] plain, byte[] context) {
        return switch (this) {
            case RANDOMIZED -> AesGcm.encrypt(key, plain, context);
            case DETERMINISTIC -> AesGcmSiv.encrypt(key, plain, context);
        };
    }

    /** @throws GeneralSecurityException when it was changed, or belongs to another key or context */
    byte[] decrypt(SecretKey key, byte[] encrypted, byte[] context) throws GeneralSecurityException {
        return switch (this) {
            case RANDOMIZED -> AesGcm.decrypt(key, encrypted, context);
            case DETERMINISTIC -> AesGcmSiv.decrypt(key, encrypted, context);
        };
    }
}
