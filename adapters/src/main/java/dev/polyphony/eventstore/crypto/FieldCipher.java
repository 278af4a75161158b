package dev.polyphony.eventstore.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;

/** The algorithms that fields are encrypted with, under the names that are stored beside the data. */
enum FieldCipher {
    /** Never the same result twice; for the history. */
    RANDOMIZED("AES-256-GCM", AesGcm::encrypt, AesGcm::decrypt),

    /** The same result for the same input; for read models, which a rebuild leaves as they were. */
    DETERMINISTIC("AES-256-GCM-SIV", AesGcmSiv::encrypt, AesGcmSiv::decrypt);

    private final String algorithm;
    private final Encryption encryption;
    private final Decryption decryption;

    FieldCipher(String algorithm, Encryption encryption, Decryption decryption) {
        this.algorithm = algorithm;
        this.encryption = encryption;
        this.decryption = decryption;
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
        return encryption.apply(key, plain, context);
    }

    /** @throws GeneralSecurityException when it was changed, or belongs to another key or context */
    byte[] decrypt(SecretKey key, byte[] encrypted, byte[] context) throws GeneralSecurityException {
        return decryption.apply(key, encrypted, context);
    }

    private interface Encryption {
        byte[] apply(SecretKey key, byte[] plain, byte[] context);
    }

    private interface Decryption {
        byte[] apply(SecretKey key, byte[] encrypted, byte[] context) throws GeneralSecurityException;
    }
}
