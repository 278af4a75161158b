package dev.polyphony.eventstore.crypto;

import dev.polyphony.eventstore.crypto.SubjectKeyring.SubjectKey;
import dev.polyphony.shared.DataSubject;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;

/** Decrypts the personal values of one document while it is read, and remembers whose they were. */
final class FieldDecryptor {
    private final SubjectKeyring keys;
    private final String place;
    private final Set<DataSubject> subjects = new HashSet<>();

    FieldDecryptor(SubjectKeyring keys, String place) {
        this.keys = keys;
        this.place = place;
    }

    /** The value as JSON; null when it is erased. */
    byte @Nullable [] decrypt(JsonPointer at, EncryptedField field) {
        subjects.add(field.subject());
        FieldCipher cipher = FieldCipher.of(field.algorithm())
                .orElseThrow(() -> broken(
                        at, field, "this version does not know the algorithm '" + field.algorithm() + "'", null));
        String data = field.data();
        if (data == null) {
            requireErased(at, field);
            return null;
        }
        return keys.toDecrypt(field.subject())
                .map(key -> decrypt(at, field, cipher, data, key))
                .orElse(null);
    }

    private void requireErased(JsonPointer at, EncryptedField field) {
        if (!keys.isErased(field.subject())) {
            throw broken(at, field, "it says that its subject was erased, which is not so", null);
        }
    }

    private byte[] decrypt(JsonPointer at, EncryptedField field, FieldCipher cipher, String data, SubjectKey key) {
        if (!Integer.valueOf(key.version()).equals(field.key())) {
            throw broken(at, field, "its key is version " + field.key() + " and there is " + key.version(), null);
        }
        byte[] context = EncryptedField.context(cipher, place, at, field.subject(), key.version());
        try {
            return cipher.decrypt(key.key(), Base64.getUrlDecoder().decode(data), context);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw broken(at, field, "it was changed, or moved here from elsewhere", e);
        }
    }

    /** Refuses a document in which something belongs to another subject than the document itself. */
    void requireAllOf(@Nullable DataSubject owner) {
        for (DataSubject subject : subjects) {
            if (!subject.equals(owner)) {
                throw new IllegalStateException(place + " is about " + owner + " and has encrypted data of " + subject
                        + ", which was moved here");
            }
        }
    }

    private IllegalStateException broken(
            JsonPointer at, EncryptedField field, String reason, @Nullable Exception cause) {
        return new IllegalStateException(
                "the encrypted data of " + field.subject() + " in " + at + " of " + place + " cannot be decrypted: "
                        + reason,
                cause);
    }
}
