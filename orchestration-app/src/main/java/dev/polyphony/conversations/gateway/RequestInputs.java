package dev.polyphony.conversations.gateway;

import dev.polyphony.conversations.gateway.ToolBody.FunctionBody;
import dev.polyphony.providers.chat.Penalties;
import dev.polyphony.providers.chat.Tool;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the parts of requests that are the same in every interface, or refuses them and names the parameter. */
public final class RequestInputs {
    /** The JSON Schema of whatever is an object. */
    public static final String ANY_OBJECT = "{\"type\":\"object\"}";

    private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";
    private static final int MAX_TEXTS = 2048;
    private static final String TEXTS = "a text that is not blank, or an array of 1 to 2048 of them";

    private RequestInputs() {}

    /** Whether the node holds anything: neither null nor empty. */
    public static boolean isPresent(@Nullable JsonNode node) {
        return node != null && !node.isNull() && !(node.isContainer() && node.isEmpty());
    }

    public static @Nullable Double number(@Nullable BigDecimal value) {
        return value == null ? null : value.doubleValue();
    }

    /** Null is no penalty. */
    public static Penalties penalties(@Nullable BigDecimal presence, @Nullable BigDecimal frequency) {
        return new Penalties(
                presence == null ? 0 : presence.doubleValue(), frequency == null ? 0 : frequency.doubleValue());
    }

    /** @param input a text or a list of texts */
    public static List<String> textsToEmbed(@Nullable JsonNode input) {
        if (input == null || input.isNull()) {
            throw RequestProblem.invalid("input", null, TEXTS);
        }
        List<JsonNode> parts = input.isArray() ? input.valueStream().toList() : List.of(input);
        if (parts.isEmpty() || parts.size() > MAX_TEXTS) {
            throw RequestProblem.invalid("input", "an array of " + parts.size(), TEXTS);
        }
        if (!parts.stream().allMatch(part -> part.isString() && !part.asString().isBlank())) {
            throw RequestProblem.invalid("input", "something else, such as tokens or a blank text", TEXTS);
        }
        return parts.stream().map(JsonNode::asString).toList();
    }

    /** @param stop a text or a list of texts; null for none */
    public static List<String> stop(@Nullable JsonNode stop, String parameter) {
        if (stop == null || stop.isNull()) {
            return List.of();
        }
        List<JsonNode> texts = stop.isArray() ? stop.valueStream().toList() : List.of(stop);
        if (!texts.stream().allMatch(JsonNode::isString)) {
            throw RequestProblem.invalid(parameter, "a value of another type", "a string or an array of strings");
        }
        return texts.stream().map(JsonNode::asString).toList();
    }

    public static List<Tool> tools(@Nullable List<@Nullable ToolBody> tools) {
        return tools == null
                ? List.of()
                : tools.stream().map(RequestInputs::tool).toList();
    }

    private static Tool tool(@Nullable ToolBody tool) {
        FunctionBody function = tool == null ? null : tool.function();
        String name = function == null ? null : function.name();
        if (tool == null || !"function".equals(tool.type()) || function == null || name == null) {
            throw RequestProblem.invalid("tools", "something else", "an array of functions with names");
        }
        String description = function.description() == null ? "" : function.description();
        JsonNode parameters = function.parameters();
        String schema = parameters == null || parameters.isNull() ? NO_PARAMETERS : parameters.toString();
        try {
            return new Tool(name, description, schema);
        } catch (IllegalArgumentException wrong) {
            throw RequestProblem.invalid(
                    "tools", "'" + name + "'", "functions whose names are 1 to 64 of a-z A-Z 0-9 _ -");
        }
    }

    /** Builds a request, whose own checks name what is out of range. */
    public static <T> T validated(Supplier<T> request) {
        try {
            return request.get();
        } catch (IllegalArgumentException wrong) {
            throw RequestProblem.INVALID_VALUE.because(Objects.toString(wrong.getMessage(), "a parameter is wrong"));
        }
    }
}
