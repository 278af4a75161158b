package dev.polyphony.eventstore.crypto;

import dev.polyphony.shared.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeDeserializer;

/** Reads a personal component: decrypted where it is encrypted, and as it is where it was stored plain. */
final class DecryptingDeserializer extends ValueDeserializer<Object> {
    private final JsonMapper plain;
    private final @Nullable JavaType type;
    private final String erased;

    /** @param plain reads the decrypted value as one whole */
    DecryptingDeserializer(JsonMapper plain) {
        this(plain, null, "");
    }

    private DecryptingDeserializer(JsonMapper plain, @Nullable JavaType type, String erased) {
        this.plain = plain;
        this.type = type;
        this.erased = erased;
    }

    @Override
    public ValueDeserializer<?> createContextual(DeserializationContext context, BeanProperty component) {
        return new DecryptingDeserializer(plain, component.getType(), ErasedValue.of(component));
    }

    @Override
    public Object deserialize(JsonParser json, DeserializationContext context) {
        JsonPointer at = json.streamReadContext().pathAsPointer();
        JsonNode tree = context.readTree(json);
        ObjectReader value = plain.readerFor(type);
        if (!EncryptedField.is(tree)) {
            requireNotJson(at);
            return value.readValue(tree);
        }
        FieldDecryptor decryptor = (FieldDecryptor) context.getAttribute(FieldDecryptor.class);
        byte[] decrypted = decryptor.decrypt(at, context.readTreeAsValue(tree, EncryptedField.class));
        return decrypted == null ? value.readValue(erased) : value.readValue(decrypted);
    }

    /** Its members are a caller's, who could make them look encrypted where it was plain. */
    private void requireNotJson(JsonPointer at) {
        if (type != null && type.hasRawClass(Json.class)) {
            throw new IllegalStateException("the personal JSON in " + at + " is not encrypted");
        }
    }

    /** The type's id is encrypted with the value. */
    @Override
    public Object deserializeWithType(JsonParser json, DeserializationContext context, TypeDeserializer typeId) {
        return deserialize(json, context);
    }
}
