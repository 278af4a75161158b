package dev.polyphony.eventstore;

import dev.polyphony.eventstore.chain.EventContent;
import dev.polyphony.eventstore.crypto.EncryptedJson;
import dev.polyphony.eventstore.crypto.SubjectOf;
import java.util.Optional;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * Writes events as snake_case JSON under their stable names instead of their Java class names, with what is personal encrypted.
 * Everything else that Axon stores is written as Axon does.
 */
public final class NamedEventSerializer extends Jackson3Serializer {
    private static final String METADATA = MetaData.class.getName();

    private final EventNames names;
    private final EncryptedJson json;

    public NamedEventSerializer(EventNames names, EncryptedJson json) {
        super(Jackson3Serializer.builder().jsonMapperBuilderCustomizer(NamedEventSerializer::configure));
        this.names = names;
        this.json = json;
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
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> representation) {
        if (object == null || !EventNames.isNamed(object.getClass())) {
            return super.serialize(object, representation);
        }
        String stored = stored(object);
        return new SimpleSerializedObject<>(
                getConverter().convert(stored, representation), representation, typeForClass(object.getClass()));
    }

    private String stored(Object event) {
        String name = EventNames.nameOf(event.getClass());
        try {
            return json.write(name, SubjectOf.message(event), event);
        } catch (RuntimeException e) {
            throw new SerializationException("cannot write the event " + name + ": " + e.getMessage(), e);
        }
    }

    /** Metadata comes out of columns and needs no reading; most of it nobody asks for. */
    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the signature is Axon's
    public <S, T> T deserialize(SerializedObject<S> object) {
        if (object.getData() instanceof EventContent columns) {
            return (T) EventMessages.metaData(columns);
        }
        Optional<Class<?>> event = names.classOf(object.getType().getName());
        return event.isEmpty()
                ? super.deserialize(object)
                : (T) event(
                        event.get(),
                        getConverter().convert(object, String.class).getData());
    }

    private <E> E event(Class<E> type, String stored) {
        String name = EventNames.nameOf(type);
        try {
            return json.read(name, stored, type, SubjectOf::message);
        } catch (RuntimeException e) {
            throw new SerializationException("cannot read the event " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * A stored payload in the clear: decrypted, and erased where its subject was.
     *
     * @throws SerializationException when it cannot be decrypted
     */
    public String decrypted(String eventName, String stored) {
        return json.plain(event(eventName, stored));
    }

    /**
     * The same in the form that leaves the server: without what is {@link dev.polyphony.shared.Internal}.
     *
     * @throws SerializationException when it cannot be decrypted
     */
    public String published(String eventName, String stored) {
        return json.published(event(eventName, stored));
    }

    private Object event(String eventName, String stored) {
        Class<?> type = names.classOf(eventName)
                .orElseThrow(() -> new SerializationException("there is no event named " + eventName));
        return event(type, stored);
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature is Axon's
    public SerializedType typeForClass(Class type) {
        return type != null && EventNames.isNamed(type)
                ? new SimpleSerializedType(EventNames.nameOf(type), String.valueOf(EventNames.revisionOf(type)))
                : super.typeForClass(type);
    }

    /** Asked twice for every event that is read: for its payload and for its metadata. */
    @Override
    public Class<?> classForType(SerializedType type) {
        Optional<Class<?>> event = names.classOf(type.getName());
        if (event.isPresent()) {
            return event.get();
        }
        return type.getName().equals(METADATA) ? MetaData.class : super.classForType(type);
    }
}
