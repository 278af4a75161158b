package dev.polyphony.platform.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.polyphony.shared.WordsOf;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;

/** Describes the fields of records: their Javadoc, what is required, and what may be null. */
@Component
final class RecordSchemas implements ModelConverter {
    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();
    private static final String NULL = "null";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> resolved = chain.next().resolve(type, context, chain);
        Class<?> raw = Json.mapper().constructType(type.getType()).getRawClass();
        Schema<?> model = resolved == null || !raw.isRecord() ? null : model(resolved, context);
        if (model != null && model.getProperties() != null) {
            describe(model, raw);
        }
        return resolved;
    }

    private static @Nullable Schema<?> model(Schema<?> resolved, ModelConverterContext context) {
        String reference = resolved.get$ref();
        return reference == null
                ? resolved
                : context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1));
    }

    @SuppressWarnings("rawtypes") // as swagger-core declares its properties
    private static void describe(Schema<?> model, Class<?> record) {
        if (model.getDescription() == null && !Javadocs.of(record).isEmpty()) {
            model.setDescription(Javadocs.of(record));
        }
        Map<String, Schema> properties = model.getProperties();
        for (RecordComponent component : record.getRecordComponents()) {
            String name = wireName(component);
            Schema<?> property = properties.get(name);
            if (property != null) {
                property = asWritten(property, component);
                properties.put(name, property);
                listWords(property, component.getAccessor().getAnnotation(WordsOf.class));
                describe(property, Javadocs.ofComponent(record, component.getName()));
                boolean required =
                        model.getRequired() != null && model.getRequired().contains(name);
                if (!required && component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                    properties.put(name, orNull(property));
                } else if (!required && !component.getAccessor().isAnnotationPresent(JsonInclude.class)) {
                    model.addRequiredItem(name);
                }
            }
        }
    }

    /** JSON that is read or written as it is has no type of its own. */
    private static Schema<?> asWritten(Schema<?> property, RecordComponent component) {
        boolean any = component.getType() == JsonNode.class;
        boolean raw = component.getAccessor().isAnnotationPresent(JsonRawValue.class);
        return any ? new JsonSchema() : raw ? new JsonSchema().types(new LinkedHashSet<>(Set.of("object"))) : property;
    }

    private static void describe(Schema<?> property, String comment) {
        if (property.getDescription() == null && !comment.isEmpty()) {
            property.setDescription(comment);
        }
        if (property.getPattern() != null) {
            property.setPattern(Patterns.ecma(property.getPattern()));
        }
        if (Integer.valueOf(0).equals(property.getMinLength())) {
            property.setMinLength(null);
        }
    }

    @SuppressWarnings("unchecked") // a text's words are texts
    private static void listWords(Schema<?> property, @Nullable WordsOf words) {
        if (words != null) {
            ((Schema<String>) property)
                    .setEnum(Arrays.stream(words.value().getEnumConstants())
                            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                            .toList());
        }
    }

    private static String wireName(RecordComponent component) {
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null ? SNAKE_CASE.nameForField(null, null, component.getName()) : named.value();
    }

    private static Schema<?> orNull(Schema<?> property) {
        if (property.get$ref() != null) {
            Schema<?> reference = new JsonSchema().$ref(property.get$ref());
            Schema<?> none = new JsonSchema().types(new LinkedHashSet<>(Set.of(NULL)));
            Schema<?> either = new JsonSchema().description(property.getDescription());
            either.setOneOf(List.of(reference, none));
            return either;
        }
        if (property.getTypes() != null) {
            property.addType(NULL);
            addNullWord(property);
        }
        return property;
    }

    @SuppressWarnings("unchecked") // a schema's words are of the schema's type, which is not known here
    private static void addNullWord(Schema<?> property) {
        if (property.getEnum() != null && !property.getEnum().contains(null)) {
            List<Object> words = new ArrayList<>(property.getEnum());
            words.add(null);
            ((Schema<Object>) property).setEnum(words);
        }
    }
}
