package dev.polyphony.conversations.gateway;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A tool, in the one form that all interfaces have taken from OpenAI.
 *
 * @param type {@code function}
 * @param function the function that the model may ask to be called
 */
@Schema(name = "Tool")
public record ToolBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, allowableValues = "function") @Nullable
        String type,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        FunctionBody function) {
    /**
     * A function that a model may ask to be called.
     *
     * @param name 1 to 64 of {@code a-z A-Z 0-9 _ -}
     * @param description what it does, for the model
     * @param parameters a JSON Schema of its arguments; none when absent
     */
    @Schema(name = "ToolFunction")
    public record FunctionBody(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String name,

            @Nullable String description,
            @Nullable JsonNode parameters) {}
}
