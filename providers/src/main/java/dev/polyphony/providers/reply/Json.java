package dev.polyphony.providers.reply;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Reads fields whose form varies among vendors. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    /** A text; empty for everything else. */
    public static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }

    /** The elements of an array; the node itself where a vendor leaves the array out; nothing for null. */
    public static Iterable<JsonNode> each(JsonNode node) {
        return node.isArray() ? node : node.isObject() ? List.of(node) : List.of();
    }

    /** A count of tokens, which some write as a fraction; -1 where there is none. */
    public static int count(JsonNode node) {
        return node.isNumber() ? (int) node.doubleValue() : -1;
    }

    static boolean isValid(String text) {
        return !read(text).isMissingNode();
    }

    /** The object that a JSON text within a JSON text stands for; otherwise the same. */
    static String unquoted(String text) {
        JsonNode node = read(text);
        return node.isString() && read(node.stringValue()).isObject() ? node.stringValue() : text;
    }

    private static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException _) {
            return MissingNode.getInstance();
        }
    }
}
