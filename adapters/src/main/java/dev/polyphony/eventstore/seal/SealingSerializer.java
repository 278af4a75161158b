package dev.polyphony.eventstore.seal;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeSerializer;

/** Writes a personal component as a {@link SealedField}. */
final class SealingSerializer extends ValueSerializer<Object> {
    private final JsonMapper plain;
    private final @Nullable JavaType type;

    /** @param plain writes what is then sealed as one whole */
    SealingSerializer(JsonMapper plain) {
        this(plain, null);
    }

    private SealingSerializer(JsonMapper plain, @Nullable JavaType type) {
        this.plain = plain;
        this.type = type;
    }

    @Override
    public ValueSerializer<?> createContextual(SerializationContext context, BeanProperty component) {
        ErasedValue.of(component);
        return new SealingSerializer(plain, component.getType());
    }

    @Override
    public void serialize(Object value, JsonGenerator json, SerializationContext context) {
        Sealer sealer = (Sealer) context.getAttribute(Sealer.class);
        JsonPointer at = json.streamWriteContext().pathAsPointer();
        context.writeValue(json, sealer.seal(at, plain.writerFor(type).writeValueAsBytes(value)));
    }

    /** The type's id is sealed with the value. */
    @Override
    public void serializeWithType(
            Object value, JsonGenerator json, SerializationContext context, TypeSerializer typeId) {
        serialize(value, json, context);
    }
}
