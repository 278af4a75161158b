package dev.polyphony.conversations.ollama;

import dev.polyphony.conversations.gateway.RequestInputs;
import dev.polyphony.conversations.gateway.RequestProblem;
import dev.polyphony.conversations.ollama.OllamaMessage.OllamaCall;
import dev.polyphony.conversations.ollama.OllamaMessage.OllamaFunction;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.shared.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Translates the messages of Ollama's requests into ours, one after the other. Where a client names no calls, results belong to the calls
 * before them: the first of that tool without a result, or the first of all.
 */
final class OllamaMessageReader {
    private static final String ROLES = "system, user, assistant or tool";

    private final List<ChatMessage> translated = new ArrayList<>();
    private final List<ToolCall> pendingCalls = new ArrayList<>();
    private int callCount;

    private OllamaMessageReader() {}

    static List<ChatMessage> of(List<@Nullable OllamaMessage> messages) {
        OllamaMessageReader reader = new OllamaMessageReader();
        for (int i = 0; i < messages.size(); i++) {
            reader.add(messages.get(i), "messages[" + i + "]");
        }
        return List.copyOf(reader.translated);
    }

    /** Images are handed to no provider. */
    static void rejectImages(@Nullable JsonNode images, String at) {
        if (RequestInputs.isPresent(images)) {
            throw RequestProblem.unsupported(at, "images", "an empty array");
        }
    }

    private void add(@Nullable OllamaMessage message, String at) {
        String role = message == null ? null : message.role();
        if (message == null || role == null) {
            throw RequestProblem.invalid(at + ".role", null, ROLES);
        }
        rejectImages(message.images(), at + ".images");
        translated.add(
                switch (role) {
                    case "system" -> new ChatMessage.Instructions(required(message, at));
                    case "user" -> new ChatMessage.User(required(message, at));
                    case "assistant" -> assistant(message, at);
                    case "tool" -> result(message, at);
                    default -> throw RequestProblem.invalid(at + ".role", "'" + role + "'", ROLES);
                });
    }

    private ChatMessage assistant(OllamaMessage message, String at) {
        List<@Nullable OllamaCall> wanted = Objects.requireNonNullElse(message.toolCalls(), List.of());
        List<ToolCall> calls = IntStream.range(0, wanted.size())
                .mapToObj(i -> call(wanted.get(i), at + ".tool_calls[" + i + "].function"))
                .toList();
        pendingCalls.clear();
        pendingCalls.addAll(calls);
        return new ChatMessage.Assistant(
                calls.isEmpty() ? required(message, at) : Objects.requireNonNullElse(message.content(), ""), calls);
    }

    private ToolCall call(@Nullable OllamaCall call, String at) {
        OllamaFunction function = call == null ? null : call.function();
        String name = function == null ? null : function.name();
        if (call == null || function == null || name == null) {
            throw RequestProblem.invalid(at + ".name", null, "the name of the function");
        }
        callCount++;
        String id = trimmed(call.id());
        return new ToolCall(
                id.isEmpty() ? "call_" + callCount : id, name, arguments(function.arguments(), at + ".arguments"));
    }

    /** Some clients send them as OpenAI has them: an object as text. */
    private static String arguments(@Nullable JsonNode arguments, String at) {
        if (arguments == null
                || arguments.isNull()
                || (arguments.isString() && arguments.stringValue().isBlank())) {
            return "{}";
        }
        JsonNode object = arguments.isString() ? read(arguments.stringValue()) : arguments;
        if (!object.isObject()) {
            throw RequestProblem.invalid(at, "something else", "an object, or one as text");
        }
        return object.toString();
    }

    private static JsonNode read(String text) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException unreadable) {
            return MissingNode.getInstance();
        }
    }

    private ChatMessage result(OllamaMessage message, String at) {
        ToolCall call = answered(message).orElseThrow(() -> unknownCall(message, at));
        pendingCalls.remove(call);
        return new ChatMessage.ToolResult(call.id(), call.tool(), required(message, at));
    }

    private Optional<ToolCall> answered(OllamaMessage message) {
        String id = trimmed(message.toolCallId());
        String tool = trimmed(message.toolName());
        Stream<ToolCall> calls = pendingCalls.stream();
        if (!id.isEmpty()) {
            return calls.filter(call -> call.id().equals(id)).findFirst();
        }
        return tool.isEmpty()
                ? calls.findFirst()
                : calls.filter(call -> call.tool().equals(tool)).findFirst();
    }

    private static Rejection unknownCall(OllamaMessage message, String at) {
        String expected = "that of a tool call, without a result yet, of the assistant's message before it";
        String id = trimmed(message.toolCallId());
        String tool = trimmed(message.toolName());
        return id.isEmpty()
                ? RequestProblem.invalid(at + ".tool_name", tool.isEmpty() ? null : "'" + tool + "'", expected)
                : RequestProblem.invalid(at + ".tool_call_id", "'" + id + "'", expected);
    }

    private static String trimmed(@Nullable String name) {
        return name == null ? "" : name.strip();
    }

    private static String required(OllamaMessage message, String at) {
        String content = message.content();
        if (content == null) {
            throw RequestProblem.invalid(at + ".content", null, "a string");
        }
        return content;
    }
}
