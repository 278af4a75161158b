package dev.polyphony.conversations.openai;

import dev.polyphony.conversations.gateway.ToolBody;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request for a chat completion. Fields whose form OpenAI leaves open are read by {@link ChatRequests}; fields that are not
 * here are ignored.
 *
 * @param stop a text or a list of them
 * @param toolChoice {@code none}, {@code auto}, {@code required} or a tool
 */
record ChatBody(
        @Nullable String model,
        @Nullable List<@Nullable Message> messages,
        @Nullable Boolean stream,
        @Nullable StreamOptions streamOptions,
        @Nullable BigDecimal temperature,
        @Nullable BigDecimal topP,
        @Nullable Integer maxTokens,
        @Nullable Integer maxCompletionTokens,
        @Nullable JsonNode stop,
        @Nullable Long seed,
        @Nullable Integer n,
        @Nullable List<@Nullable ToolBody> tools,
        @Nullable JsonNode toolChoice,
        @Nullable ResponseFormat responseFormat,
        @Nullable BigDecimal presencePenalty,
        @Nullable BigDecimal frequencyPenalty,
        @Nullable Boolean logprobs,
        @Nullable JsonNode logitBias,
        @Nullable JsonNode audio,
        @Nullable JsonNode functions) {
    /** @param content a text, or a list of parts */
    record Message(
            @Nullable String role,
            @Nullable JsonNode content,
            @Nullable List<@Nullable CallBody> toolCalls,
            @Nullable String toolCallId) {}

    record CallBody(
            @Nullable String id,
            @Nullable String type,
            @Nullable FunctionCall function) {}

    /** @param arguments an object as JSON text; some clients send the object itself */
    record FunctionCall(@Nullable String name, @Nullable JsonNode arguments) {}

    record StreamOptions(@Nullable Boolean includeUsage) {}

    record ResponseFormat(@Nullable String type, @Nullable JsonSchema jsonSchema) {}

    record JsonSchema(@Nullable String name, @Nullable JsonNode schema) {}

    boolean streams() {
        return Boolean.TRUE.equals(stream);
    }

    boolean wantsUsage() {
        return streamOptions != null && Boolean.TRUE.equals(streamOptions.includeUsage());
    }
}
