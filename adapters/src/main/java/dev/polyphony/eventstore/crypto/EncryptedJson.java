package dev.polyphony.eventstore.crypto;

import dev.polyphony.eventstore.json.StoredJson;
import dev.polyphony.shared.DataSubject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * Snake_case JSON in which everything {@link dev.polyphony.shared.Personal} is encrypted: the only form in which events, and
 * what read models copy from them, are stored.
 */
public final class EncryptedJson {
    private final SubjectKeyring keys;
    private final JsonMapper plain;
    private final JsonMapper published;
    private final JsonMapper encrypting;
    private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    public EncryptedJson(SubjectKeyring keys) {
        this.keys = keys;
        this.plain = StoredJson.mapper();
        this.published = plain.rebuild()
                .annotationIntrospector(
                        AnnotationIntrospector.pair(new InternalIntrospector(), new JacksonAnnotationIntrospector()))
                .build();
        this.encrypting = plain.rebuild()
                .annotationIntrospector(AnnotationIntrospector.pair(
                        new PersonalIntrospector(plain), new JacksonAnnotationIntrospector()))
                .build();
    }

    /**
     * Encrypts with the subject's key; for an erased subject the personal values are left out for good.
     *
     * @param place what the JSON is, such as an event's name; it is needed to decrypt
     * @param subject whom it is about; may be null when nothing in it is personal
     */
    public String write(String place, @Nullable DataSubject subject, Object value) {
        return write(new FieldEncryptor(keys, place, subject, FieldCipher.RANDOMIZED), value);
    }

    /**
     * For what a read model copies: encrypts the same value in the same row to the same text, so that a rebuild leaves the table as
     * it was.
     *
     * @param row what no other row has, and no event's name is
     * @param subject whom it is about
     */
    public String writeCopy(String row, DataSubject subject, Object value) {
        return write(new FieldEncryptor(keys, row, subject, FieldCipher.DETERMINISTIC), value);
    }

    private String write(FieldEncryptor encryptor, Object value) {
        return encrypting
                .writer()
                .withAttribute(FieldEncryptor.class, encryptor)
                .writeValueAsString(value);
    }

    /**
     * Decrypts what was encrypted; what is erased reads as its erased value, and what was stored plain reads as it is.
     *
     * @param place as it was written
     * @param owner tells from the result whom it is about; an encrypted part of anybody else was moved here
     * @throws RuntimeException whose message names place and field, when something that is not erased cannot be decrypted
     */
    public <T> T read(String place, String stored, Class<T> type, Function<T, @Nullable DataSubject> owner) {
        FieldDecryptor decryptor = new FieldDecryptor(keys, place);
        T value = readers.computeIfAbsent(type, encrypting::readerFor)
                .withAttribute(FieldDecryptor.class, decryptor)
                .readValue(stored);
        decryptor.requireAllOf(owner.apply(value));
        return value;
    }

    /** JSON that hides nothing, for those who may read it. Not to be stored. */
    public String plain(Object value) {
        return plain.writeValueAsString(value);
    }

    /** The same without what is {@link dev.polyphony.shared.Internal}, for those outside. */
    public String published(Object value) {
        return published.writeValueAsString(value);
    }

    public boolean isErased(DataSubject subject) {
        return keys.isErased(subject);
    }
}
