package dev.polyphony.eventstore;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the fields of aggregates. The revision of what it writes is a checksum of the aggregate's own compiled code, so that a
 * snapshot is read only by the very code that would have come to the same state.
 */
public final class SnapshotSerializer extends Jackson3Serializer {
    private final Map<Class<?>, String> revisions = new ConcurrentHashMap<>();

    public SnapshotSerializer() {
        super(Jackson3Serializer.builder().jsonMapperBuilderCustomizer(SnapshotSerializer::configure));
    }

    private static void configure(JsonMapper.Builder json) {
        json.changeDefaultVisibility(visibility -> visibility
                .withVisibility(PropertyAccessor.ALL, Visibility.NONE)
                .withFieldVisibility(Visibility.ANY)
                .withCreatorVisibility(Visibility.ANY));
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature is Axon's
    public SerializedType typeForClass(Class type) {
        return new SimpleSerializedType(type.getName(), revisions.computeIfAbsent(type, SnapshotSerializer::checksum));
    }

    private static String checksum(Class<?> type) {
        CRC32 checksum = new CRC32();
        Stream.of(type.getNestMembers()).map(SnapshotSerializer::code).forEach(checksum::update);
        return Long.toHexString(checksum.getValue());
    }

    private static byte[] code(Class<?> type) {
        String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try (InputStream code = Objects.requireNonNull(type.getResourceAsStream(file), file)) {
            return code.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
