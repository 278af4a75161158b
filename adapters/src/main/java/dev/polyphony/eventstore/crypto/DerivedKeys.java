package dev.polyphony.eventstore.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/** AES-256 keys for what is stored encrypted, one for each purpose, derived from the master key by HKDF-SHA256 (RFC 5869). */
public final class DerivedKeys {
    private static final int KEY_BYTES = 32;

    private final byte[] masterKey;

    /**
     * @param masterKey 32 random bytes, the same on every node and after every restart
     * @throws IllegalArgumentException for any other length
     */
    public DerivedKeys(byte[] masterKey) {
        if (masterKey.length != KEY_BYTES) {
            throw new IllegalArgumentException("the master key has " + KEY_BYTES + " bytes, not " + masterKey.length);
        }
        this.masterKey = masterKey.clone();
    }

    /** @param purpose says what the key is for, in words that nothing else uses */
    public SecretKey forPurpose(String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(masterKey)
                                    .thenExpand(purpose.getBytes(UTF_8), KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot derive keys with HKDF-SHA256", e);
        }
    }
}
