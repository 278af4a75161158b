package dev.polyphony.eventstore.crypto;

import dev.polyphony.eventstore.crypto.SubjectKeyring.SubjectKey;
import dev.polyphony.shared.DataSubject;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;

/** Encrypts the personal values of one document while it is written. */
final class FieldEncryptor {
    private final SubjectKeyring keys;
    private final String place;
    private final @Nullable DataSubject subject;
    private final FieldCipher cipher;

    FieldEncryptor(SubjectKeyring keys, String place, @Nullable DataSubject subject, FieldCipher cipher) {
        this.keys = keys;
        this.place = place;
        this.subject = subject;
        this.cipher = cipher;
    }

    EncryptedField encrypt(JsonPointer at, byte[] value) {
        if (subject == null) {
            throw new IllegalStateException(place + " has personal data in " + at
                    + " and names no data subject whose key would encrypt it; give it a component of type DataSubject");
        }
        Optional<SubjectKey> key = keys.toEncrypt(subject);
        if (key.isEmpty()) {
            return new EncryptedField(cipher.algorithm(), subject, null, null);
        }
        int version = key.get().version();
        byte[] context = EncryptedField.context(cipher, place, at, subject, version);
        byte[] data = cipher.encrypt(key.get().key(), value, context);
        return new EncryptedField(
                cipher.algorithm(),
                subject,
                version,
                Base64.getUrlEncoder().withoutPadding().encodeToString(data));
    }
}
