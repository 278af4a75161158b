package dev.polyphony.conversations.openai;

import dev.polyphony.conversations.gateway.RequestInputs;
import dev.polyphony.conversations.gateway.RequestProblem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request for embeddings.
 *
 * @param model a name that the list of models has; {@code auto} lets the router choose
 * @param input a text, or an array of 1 to 2048 texts, none of them blank
 * @param encodingFormat {@code float} for arrays of numbers, {@code base64} for their bytes; {@code float} when absent
 * @param dimensions null: the model has its own number
 */
@Schema(name = "EmbeddingRequest")
record EmbeddingBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String model,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        JsonNode input,

        @Schema(allowableValues = {"float", "base64"}) @Nullable
        String encodingFormat,

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
