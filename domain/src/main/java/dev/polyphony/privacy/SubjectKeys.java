package dev.polyphony.privacy;

import dev.polyphony.shared.DataSubject;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * The keys that personal data is encrypted with, one for each subject. A destroyed key leaves a tombstone, so that its subject
 * never gets another. Methods that hand out keys throw {@link IllegalStateException} when a key cannot be unwrapped,
 * because the master key is another one: that is never taken for an erasure.
 */
public interface SubjectKeys {
    /**
     * The key to encrypt with, made and durable before this returns when the subject has none; empty when the subject is
     * erased.
     */
    Optional<SubjectKey> toEncrypt(DataSubject subject);

    /**
     * The key to decrypt with; empty when the subject is erased.
     *
     * @throws IllegalStateException also when the subject never had a key, so that what it should decrypt cannot be its own
     */
    Optional<SubjectKey> toDecrypt(DataSubject subject);

    /** Whether the subject has, or had, a key. */
    boolean isKnown(DataSubject subject);

    boolean isErased(DataSubject subject);

    /**
     * Destroys the key for good; a subject that had none gets its tombstone all the same. This node forgets the key at
     * once, others within 5 s. Destroying it again changes nothing.
     */
    void destroy(DataSubject subject);

    /**
     * @param version tells the subject's keys apart; written beside everything that the key encrypted
     * @param key 256 bits for AES
     */
    record SubjectKey(int version, SecretKey key) {}
}
