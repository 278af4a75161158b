package dev.polyphony.eventstore.crypto;

import dev.polyphony.eventstore.crypto.SubjectKeyring.SubjectKey;
import dev.polyphony.shared.DataSubject;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;

/** Seals the personal values of one document while it is written. */
final class FieldEncryptor {
    private final SubjectKeyring keys;
    private final String place;
    private final @Nullable DataSubject subject;
    private final Encryption encryption;

    FieldEncryptor(SubjectKeyring keys, String place, @Nullable DataSubject subject, Encryption encryption) {
        this.keys = keys;
        this.place = place;
        this.subject = subject;
        this.encryption = encryption;
    }

    @FunctionalInterface
    interface Encryption {
        byte[] of(SecretKey key, byte[] plain, byte[] context);
    }

    EncryptedField seal(JsonPointer at, byte[] value) {
        if (subject == null) {
            throw new IllegalStateException(place + " has personal data in " + at
                    + " and tells no data subject whose key would seal it; give it a component of type DataSubject");
        }
        Optional<SubjectKey> key = keys.toEncrypt(subject);
        if (key.isEmpty()) {
            return new EncryptedField(EncryptedField.FORM, subject, null, null);
        }
        int version = key.get().version();
        byte[] data = encryption.of(key.get().key(), value, EncryptedField.context(place, at, subject, version));
        return new EncryptedField(
                EncryptedField.FORM,
                subject,
                version,
                Base64.getUrlEncoder().withoutPadding().encodeToString(data));
    }
}
