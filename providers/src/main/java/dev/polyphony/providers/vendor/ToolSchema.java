package dev.polyphony.providers.vendor;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Translates a tool to LangChain4j's types. Of the schema's top level its properties, which of them are required, its definitions
 * and its description are told; everything below is told as it stands.
 */
final class ToolSchema {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ToolSchema() {}

    static ToolSpecification of(Tool tool) {
        return ToolSpecification.builder()
                .name(tool.name())
                .description(tool.description().isBlank() ? null : tool.description())
                .parameters(parameters(tool))
                .build();
    }

    private static JsonObjectSchema parameters(Tool tool) {
        JsonNode schema = read(tool);
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        JsonObjectSchema.Builder object = JsonObjectSchema.builder()
                .addProperties(elements(schema.path("properties")))
                .required(required)
                .definitions(elements(schema.path("$defs")));
        JsonNode description = schema.path("description");
        return description.isString()
                ? object.description(description.stringValue()).build()
                : object.build();
    }

    private static JsonNode read(Tool tool) {
        try {
            JsonNode schema = JSON.readTree(tool.schema());
            if (schema.isObject() && schema.path("type").asString("object").equals("object")) {
                return schema;
            }
        } catch (JacksonException e) {
            throw ProviderProblem.PROVIDER_REQUEST_INVALID.because(
                    "the schema of the tool '%s' is not JSON: %s".formatted(tool.name(), e.getOriginalMessage()));
        }
        throw ProviderProblem.PROVIDER_REQUEST_INVALID.because(
                "the schema of the tool '%s' is not that of an object".formatted(tool.name()));
    }

    private static Map<String, JsonSchemaElement> elements(JsonNode schemas) {
        Map<String, JsonSchemaElement> elements = new LinkedHashMap<>();
        schemas.properties().forEach(entry -> elements.put(entry.getKey(), element(entry.getValue())));
        return elements;
    }

    /** LangChain4j knows no schema that is just true or false; the former is the same as an empty one. */
    private static JsonSchemaElement element(JsonNode schema) {
        return JsonRawSchema.from(schema.isObject() ? schema.toString() : "{}");
    }

    /**
     * The arguments of an earlier call as a JSON object, which some vendors insist on. What a model wrote that is none stands
     * in a field of one.
     */
    static String objectOf(String arguments) {
        try {
            if (arguments.isBlank() || JSON.readTree(arguments).isObject()) {
                return arguments.isBlank() ? "{}" : arguments;
            }
        } catch (JacksonException _) {
            return JSON.createObjectNode().put("arguments", arguments).toString();
        }
        return JSON.createObjectNode().put("arguments", arguments).toString();
    }
}
