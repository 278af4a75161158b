package dev.polyphony.conversations.ollama;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polyphony.providers.chat.ToolCall;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message as clients send it and as they are answered.
 *
 * @param role {@code system}, {@code user}, {@code assistant} or {@code tool}
 * @param content what is said
 * @param images null or empty: not supported
 * @param toolCalls the calls that the assistant asks for; absent when there are none
 * @param toolName the tool whose result this is
 * @param toolCallId the call whose result this is; older clients do not tell
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OllamaMessage(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                allowableValues = {"system", "user", "assistant", "tool"})
        @Nullable
        String role,

        @Nullable String content,
        @Nullable JsonNode images,
        @Nullable List<@Nullable OllamaCall> toolCalls,
        @Nullable String toolName,
        @Nullable String toolCallId) {
    /**
     * A call that the assistant asks for.
     *
     * @param id names the call; absent in older clients
     * @param function what is called
     */
    @Schema(name = "OllamaToolCall")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OllamaCall(@Nullable String id, @Nullable OllamaFunction function) {
        static OllamaCall of(ToolCall call, JsonMapper json) {
            return new OllamaCall(call.id(), new OllamaFunction(call.tool(), object(call.arguments(), json)));
        }
    }

    /**
     * The function that is called.
     *
     * @param name the function's name
     * @param arguments its arguments, an object; an object as text is read too
     */
    record OllamaFunction(@Nullable String name, @Nullable JsonNode arguments) {}

    /** What the model says. */
    static OllamaMessage assistant(String text, List<ToolCall> calls, JsonMapper json) {
        List<@Nullable OllamaCall> wanted = calls.isEmpty()
                ? null
                : calls.stream().map(call -> OllamaCall.of(call, json)).toList();
        return new OllamaMessage("assistant", text, null, wanted, null, null);
    }

    /** Arguments are an object here. What a model wrote that is none stands in a field of one. */
    private static JsonNode object(String arguments, JsonMapper json) {
        if (arguments.isBlank()) {
            return json.createObjectNode();
        }
        JsonNode read = read(arguments, json);
        return read.isObject() ? read : json.createObjectNode().put("arguments", arguments);
    }

    private static JsonNode read(String arguments, JsonMapper json) {
        try {
            return json.readTree(arguments);
        } catch (JacksonException none) {
            return json.nullNode();
        }
    }
}
