package dev.polyphony.conversations.openai;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request for embeddings.
 *
 * @param input a text or a list of texts
 * @param encodingFormat {@code float} or {@code base64}
 */
record EmbeddingBody(
        @Nullable String model,
        @Nullable JsonNode input,
        @Nullable String encodingFormat,
        @Nullable Integer dimensions) {
    private static final int MOST = 2048;
    private static final String EXPECTED = "a text that is not blank, or an array of 1 to 2048 of them";

    boolean asBase64() {
        String format = encodingFormat == null ? "float" : encodingFormat;
        if (!format.equals("float") && !format.equals("base64")) {
            throw RequestProblem.invalid("encoding_format", "'" + format + "'", "float or base64");
        }
        return format.equals("base64");
    }

    /** No provider behind us can be asked for a number of dimensions, so none is promised. */
    void refuseDimensions() {
        if (dimensions != null) {
            throw RequestProblem.unsupported(
                    "dimensions", String.valueOf(dimensions), "the model's own number; leave it out");
        }
    }

    List<String> texts() {
        if (input == null || input.isNull()) {
            throw RequestProblem.invalid("input", null, EXPECTED);
        }
        List<JsonNode> parts = input.isArray() ? input.valueStream().toList() : List.of(input);
        if (parts.isEmpty() || parts.size() > MOST) {
            throw RequestProblem.invalid("input", "an array of " + parts.size(), EXPECTED);
        }
        if (!parts.stream().allMatch(part -> part.isString() && !part.asString().isBlank())) {
            throw RequestProblem.invalid("input", "something else, such as tokens or a blank text", EXPECTED);
        }
        return parts.stream().map(JsonNode::asString).toList();
    }
}
