package dev.polyphony.privacy.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.eventstore.crypto.AesGcm;
import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.shared.DataSubject;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Wraps subject keys with AES-256-GCM under a key that is derived from the master key for nothing else. A wrapped key is bound
 * to its subject and version: copied to another row it cannot be unwrapped.
 */
public final class KeyWrap {
    private final SecretKey wrapping;

    public KeyWrap(DerivedKeys keys) {
        wrapping = keys.forPurpose("polyphony subject keys");
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
