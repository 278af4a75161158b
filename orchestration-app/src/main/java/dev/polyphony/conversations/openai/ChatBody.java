package dev.polyphony.conversations.openai;

import dev.polyphony.conversations.gateway.ToolBody;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request for a chat completion. Fields that are not here are ignored.
 *
 * @param model a name that the list of models has; {@code auto} lets the router choose
 * @param messages the conversation, the oldest message first, at least one
 * @param stream whether the reply comes as server-sent events while it arrives; false when absent
 * @param streamOptions what a stream carries besides the reply
 * @param temperature how freely words are drawn, 0 to 2; the vendor decides when absent
 * @param topP only the likeliest words that make up this share are drawn from, 0 to 1
 * @param maxTokens the most tokens the reply may have; the older name of {@code max_completion_tokens}
 * @param maxCompletionTokens the most tokens the reply may have, at least 1
 * @param stop a text, or an array of texts, at which the reply ends
 * @param seed the same seed makes a vendor that knows it draw alike
 * @param n 1: one reply is given
 * @param tools what the model may ask to be called
 * @param toolChoice {@code none}, {@code auto}, {@code required} or a tool; {@code auto} when absent
 * @param responseFormat the form of the reply; text when absent
 * @param presencePenalty how much words are avoided that were used at all, -2 to 2
 * @param frequencyPenalty how much words are avoided the more they were used, -2 to 2
 * @param logprobs false: probabilities are not given
 * @param logitBias empty: a bias is not supported
 * @param audio null: audio is not supported
 * @param functions null: superseded by {@code tools}
 */
@Schema(name = "ChatCompletionRequest")
record ChatBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String model,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        List<@Nullable Message> messages,

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
    /**
     * A message of the conversation.
     *
     * @param role who says it
     * @param content a text, or an array of parts of type {@code text}; null for an assistant that only calls tools
     * @param toolCalls the calls that the assistant asked for
     * @param toolCallId the call whose result this is, for the role {@code tool}
     */
    @Schema(name = "ChatMessage")
    record Message(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    allowableValues = {"system", "developer", "user", "assistant", "tool"})
            @Nullable
            String role,

            @Nullable JsonNode content,
            @Nullable List<@Nullable CallBody> toolCalls,
            @Nullable String toolCallId) {}

    /**
     * A call that the assistant asked for.
     *
     * @param id names the call
     * @param type {@code function}
     * @param function what is called
     */
    @Schema(name = "ChatToolCall")
    record CallBody(
            @Nullable String id,
            @Nullable String type,
            @Nullable FunctionCall function) {}

    /**
     * The function that is called, with its arguments.
     *
     * @param name the function's name
     * @param arguments an object as JSON text; some clients send the object itself
     */
    @Schema(name = "ChatFunctionCall")
    record FunctionCall(@Nullable String name, @Nullable JsonNode arguments) {}

    /**
     * What a stream carries besides the reply.
     *
     * @param includeUsage whether the last chunk tells the number of tokens
     */
    @Schema(name = "ChatStreamOptions")
    record StreamOptions(@Nullable Boolean includeUsage) {}

    /**
     * The form of a reply.
     *
     * @param type text, any JSON object, or JSON by a schema
     * @param jsonSchema the schema, for the type {@code json_schema}
     */
    @Schema(name = "ChatResponseFormat")
    record ResponseFormat(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    allowableValues = {"text", "json_object", "json_schema"})
            @Nullable
            String type,

            @Nullable JsonSchema jsonSchema) {}

    /**
     * A named JSON Schema.
     *
     * @param name 1 to 64 of {@code a-z A-Z 0-9 _ -}
     * @param schema the JSON Schema, an object
     */
    @Schema(name = "ChatResponseSchema")
    record JsonSchema(@Nullable String name, @Nullable JsonNode schema) {}

    boolean streams() {
        return Boolean.TRUE.equals(stream);
    }

    boolean wantsUsage() {
        return streamOptions != null && Boolean.TRUE.equals(streamOptions.includeUsage());
    }
}
