package dev.polyphony.providers.anthropic;

import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of JSON Schema that Anthropic's structured outputs take: objects must be closed, and limits on numbers, lengths and
 * patterns are refused. Any other schema stands in the instructions only.
 */
final class OutputSchema {
    private static final Set<String> TAKEN = Set.of(
            "$schema",
            "type",
            "title",
            "description",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "const",
            "anyOf",
            "allOf",
            "$ref",
            "$defs",
            "definitions",
            "default",
            "format");
    private static final Set<String> SCHEMAS_BY_NAME = Set.of("properties", "$defs", "definitions");
    private static final Set<String> SCHEMAS = Set.of("items", "anyOf", "allOf");
    private static final int MAX_DEPTH = 64;

    private OutputSchema() {}

    static boolean isTaken(String schema) {
        try {
            JsonNode json = JsonMapper.shared().readTree(schema);
            return json.path("type").asString("").equals("object") && isTaken(json, 0);
        } catch (JacksonException _) {
            return false;
        }
    }

    private static boolean isTaken(JsonNode schema, int depth) {
        if (depth > MAX_DEPTH || !schema.isObject()) {
            return false;
        }
        boolean object = schema.path("type").asString("").equals("object") || schema.has("properties");
        if (object && schema.path("additionalProperties").asBoolean(true)) {
            return false;
        }
        return schema.properties().stream()
                .allMatch(
                        field -> TAKEN.contains(field.getKey()) && below(field.getKey(), field.getValue(), depth + 1));
    }

    private static boolean below(String keyword, JsonNode value, int depth) {
        if (SCHEMAS_BY_NAME.contains(keyword)) {
            return value.isObject() && value.values().stream().allMatch(schema -> isTaken(schema, depth));
        }
        if (!SCHEMAS.contains(keyword)) {
            return true;
        }
        return value.isArray()
                ? value.values().stream().allMatch(schema -> isTaken(schema, depth))
                : isTaken(value, depth);
    }
}
