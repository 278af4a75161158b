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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A conversation in Ollama's words, taken into ours message by message. Where a client names no calls, results belong to the calls
 * before them: the first of that tool without a result, or the first of all.
 */
final class OllamaConversation {
    private static final String ROLES = "system, user, assistant or tool";

    private final List<ChatMessage> read = new ArrayList<>();
    private final List<ToolCall> withoutResult = new ArrayList<>();
    private int named;

    private OllamaConversation() {}

    static List<ChatMessage> of(List<@Nullable OllamaMessage> messages) {
        OllamaConversation conversation = new OllamaConversation();
        for (int i = 0; i < messages.size(); i++) {
            conversation.add(messages.get(i), "messages[" + i + "]");
        }
        return List.copyOf(conversation.read);
    }

    /** No provider behind us is handed images. */
    static void refuseImages(@Nullable JsonNode images, String at) {
        if (RequestInputs.isFilled(images)) {
            throw RequestProblem.unsupported(at, "images", "an empty array");
        }
    }

    private void add(@Nullable OllamaMessage message, String at) {
        String role = message == null ? null : message.role();
        if (message == null || role == null) {
            throw RequestProblem.invalid(at + ".role", null, ROLES);
        }
        refuseImages(message.images(), at + ".images");
        read.add(
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
        List<ToolCall> calls = wanted.stream().map(call -> call(call, at)).toList();
        withoutResult.clear();
        withoutResult.addAll(calls);
        return new ChatMessage.Assistant(
                calls.isEmpty() ? required(message, at) : Objects.requireNonNullElse(message.content(), ""), calls);
    }

    private ToolCall call(@Nullable OllamaCall call, String at) {
        OllamaFunction function = call == null ? null : call.function();
        String name = function == null ? null : function.name();
        JsonNode arguments = function == null ? null : function.arguments();
        if (call == null || name == null || (arguments != null && !arguments.isNull() && !arguments.isObject())) {
            throw RequestProblem.invalid(
                    at + ".tool_calls", "something else", "an array of functions with names and objects as arguments");
        }
        named++;
        String given = said(call.id());
        String id = given.isEmpty() ? "call_" + named : given;
        return new ToolCall(id, name, arguments == null || arguments.isNull() ? "{}" : arguments.toString());
    }

    private ChatMessage result(OllamaMessage message, String at) {
        ToolCall call = answered(message).orElseThrow(() -> noCall(message, at));
        withoutResult.remove(call);
        return new ChatMessage.ToolResult(call.id(), call.tool(), required(message, at));
    }

    private Optional<ToolCall> answered(OllamaMessage message) {
        String id = said(message.toolCallId());
        String tool = said(message.toolName());
        Stream<ToolCall> calls = withoutResult.stream();
        if (!id.isEmpty()) {
            return calls.filter(call -> call.id().equals(id)).findFirst();
        }
        return tool.isEmpty()
                ? calls.findFirst()
                : calls.filter(call -> call.tool().equals(tool)).findFirst();
    }

    private static Rejection noCall(OllamaMessage message, String at) {
        String expected = "that of a tool call, without a result yet, of the assistant's message before it";
        String id = said(message.toolCallId());
        String tool = said(message.toolName());
        return id.isEmpty()
                ? RequestProblem.invalid(at + ".tool_name", tool.isEmpty() ? null : "'" + tool + "'", expected)
                : RequestProblem.invalid(at + ".tool_call_id", "'" + id + "'", expected);
    }

    private static String said(@Nullable String name) {
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
