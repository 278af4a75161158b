package dev.polyphony.eventstore.crypto;

import dev.polyphony.shared.DataSubject;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * The keys that personal data is encrypted with, one for each subject; implemented by the context that erases subjects. Methods that
 * hand out keys throw {@link IllegalStateException} when a key cannot be unwrapped, because the master key is another one: that is
 * never taken for an erasure.
 */
public interface SubjectKeyring {
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

    boolean isErased(DataSubject subject);

    /**
     * @param version tells the subject's keys apart; written beside everything that the key encrypted
     * @param key 256 bits for AES
     */
    record SubjectKey(int version, SecretKey key) {}
}
