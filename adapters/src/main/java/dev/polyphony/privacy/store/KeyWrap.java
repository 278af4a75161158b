package dev.polyphony.privacy.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.eventstore.seal.AesGcm;
import dev.polyphony.shared.DataSubject;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Wraps subject keys with AES-256-GCM under a key that is derived from the master key for nothing else. A wrapped key is bound
 * to its subject and version: copied to another row it cannot be unwrapped.
 */
public final class KeyWrap {
    private static final int KEY_BYTES = 32;

    private final SecretKey wrapping;

    /** @param masterKey 32 random bytes, the same on every node and after every restart */
    public KeyWrap(byte[] masterKey) {
        if (masterKey.length != KEY_BYTES) {
            throw new IllegalArgumentException("the master key has " + KEY_BYTES + " bytes, not " + masterKey.length);
        }
        try {
            wrapping = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(masterKey)
                                    .thenExpand("polyphony subject keys".getBytes(UTF_8), KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot derive keys with HKDF-SHA256", e);
        }
    }

    byte[] wrap(SecretKey key, DataSubject subject, int version) {
        return AesGcm.encrypt(wrapping, key.getEncoded(), context(subject, version));
    }

    SecretKey unwrap(byte[] wrapped, DataSubject subject, int version) {
        try {
            return new SecretKeySpec(AesGcm.decrypt(wrapping, wrapped, context(subject, version)), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The key of data subject " + subject
                            + " cannot be unwrapped: polyphony.master-key is not the one that"
                            + " it was wrapped with. Nothing is erased: give this server the master key that the"
                            + " database was used with before.",
                    e);
        }
    }

    private static byte[] context(DataSubject subject, int version) {
        return (subject + "\n" + version).getBytes(UTF_8);
    }
}
