package dev.polyphony.eventstore;

import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** Writes events as snake_case JSON under their stable names instead of their Java class names. */
public final class NamedEventSerializer extends Jackson3Serializer {
    private final EventNames names;

    public NamedEventSerializer(EventNames names) {
        super(Jackson3Serializer.builder().jsonMapperBuilderCustomizer(NamedEventSerializer::configure));
        this.names = names;
    }

    /** Axon's tokens name their own classes, which Jackson only reads from a package it is told to trust. */
    private static void configure(JsonMapper.Builder json) {
        json.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                        .allowIfSubType("org.axonframework.")
                        .build());
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature is Axon's
    public SerializedType typeForClass(Class type) {
        return type != null && EventNames.isNamed(type)
                ? new SimpleSerializedType(EventNames.nameOf(type), String.valueOf(EventNames.revisionOf(type)))
                : super.typeForClass(type);
    }

    /** Metadata comes out of columns and needs no reading. */
    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the signature is Axon's
    public <S, T> T deserialize(SerializedObject<S> serialized) {
        return serialized.getData() instanceof MetaData ready ? (T) ready : super.deserialize(serialized);
    }

    @Override
    protected String resolveClassName(SerializedType type) {
        return names.classOf(type.getName()).map(Class::getName).orElseGet(() -> super.resolveClassName(type));
    }
}
