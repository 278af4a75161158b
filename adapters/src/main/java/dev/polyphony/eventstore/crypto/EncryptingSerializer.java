package dev.polyphony.eventstore.crypto;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeSerializer;

/** Writes a personal component as an {@link EncryptedField}. */
final class EncryptingSerializer extends ValueSerializer<Object> {
    private final JsonMapper plain;
    private final @Nullable JavaType type;

    /** @param plain writes the value that is then encrypted as one whole */
    EncryptingSerializer(JsonMapper plain) {
        this(plain, null);
    }

    private EncryptingSerializer(JsonMapper plain, @Nullable JavaType type) {
        this.plain = plain;
        this.type = type;
    }

    @Override
    public ValueSerializer<?> createContextual(SerializationContext context, BeanProperty component) {
        ErasedValue.of(component);
        return new EncryptingSerializer(plain, component.getType());
    }

    @Override
    public void serialize(Object value, JsonGenerator json, SerializationContext context) {
        FieldEncryptor encryptor = (FieldEncryptor) context.getAttribute(FieldEncryptor.class);
        JsonPointer at = json.streamWriteContext().pathAsPointer();
        context.writeValue(json, encryptor.encrypt(at, plain.writerFor(type).writeValueAsBytes(value)));
    }

    /** The type's id is encrypted with the value. */
    @Override
    public void serializeWithType(
            Object value, JsonGenerator json, SerializationContext context, TypeSerializer typeId) {
        serialize(value, json, context);
    }
}
