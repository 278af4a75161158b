package dev.polyphony.conversations.gateway;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A tool, in the one form that all interfaces have taken from OpenAI. */
public record ToolBody(@Nullable String type, @Nullable FunctionBody function) {
    /** @param parameters a JSON Schema */
    public record FunctionBody(
            @Nullable String name,
            @Nullable String description,
            @Nullable JsonNode parameters) {}
}
