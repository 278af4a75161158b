package dev.polyphony.conversations.openai;

import dev.polyphony.conversations.gateway.RequestInputs;
import dev.polyphony.conversations.gateway.RequestProblem;
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
    boolean asBase64() {
        String format = encodingFormat == null ? "float" : encodingFormat;
        if (!format.equals("float") && !format.equals("base64")) {
            throw RequestProblem.invalid("encoding_format", "'" + format + "'", "float or base64");
        }
        return format.equals("base64");
    }

    /** No provider behind us can be asked for a number of dimensions, so none is promised. */
    void rejectDimensions() {
        if (dimensions != null) {
            throw RequestProblem.unsupported(
                    "dimensions", String.valueOf(dimensions), "the model's own number; leave it out");
        }
    }

    List<String> texts() {
        return RequestInputs.textsToEmbed(input);
    }
}
