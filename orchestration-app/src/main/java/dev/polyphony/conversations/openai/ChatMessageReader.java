package dev.polyphony.conversations.openai;

import dev.polyphony.conversations.gateway.RequestProblem;
import dev.polyphony.conversations.openai.ChatBody.CallBody;
import dev.polyphony.conversations.openai.ChatBody.Message;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.chat.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Translates the messages of OpenAI's requests into ours, one after the other. */
final class ChatMessageReader {
    private final List<ChatMessage> translated = new ArrayList<>();
    private final Map<String, String> toolsByCall = new HashMap<>();

    private ChatMessageReader() {}

    static List<ChatMessage> of(@Nullable List<@Nullable Message> messages) {
        if (messages == null || messages.isEmpty()) {
            throw RequestProblem.invalid("messages", null, "an array of at least one message");
        }
        ChatMessageReader reader = new ChatMessageReader();
        for (int i = 0; i < messages.size(); i++) {
            reader.add(messages.get(i), "messages[" + i + "]");
        }
        return List.copyOf(reader.translated);
    }

    private void add(@Nullable Message message, String at) {
        String role = message == null ? null : message.role();
        if (message == null || role == null) {
            throw RequestProblem.invalid(at + ".role", null, "system, developer, user, assistant or tool");
        }
        translated.add(
                switch (role) {
                    case "system", "developer" -> new ChatMessage.Instructions(required(message, at));
                    case "user" -> new ChatMessage.User(required(message, at));
                    case "assistant" -> assistant(message, at);
                    case "tool" -> result(message, at);
                    default ->
                        throw RequestProblem.invalid(
                                at + ".role", "'" + role + "'", "system, developer, user, assistant or tool");
                });
    }

    private ChatMessage assistant(Message message, String at) {
        List<ToolCall> calls = message.toolCalls() == null
                ? List.of()
                : message.toolCalls().stream().map(call -> call(call, at)).toList();
        calls.forEach(call -> toolsByCall.put(call.id(), call.tool()));
        boolean noContent = message.content() == null || message.content().isNull();
        if (noContent && calls.isEmpty()) {
            throw RequestProblem.invalid(at + ".content", null, "a text, or tool_calls instead");
        }
        return new ChatMessage.Assistant(noContent ? "" : required(message, at), calls);
    }

    private static ToolCall call(@Nullable CallBody call, String at) {
        String id = call == null ? null : call.id();
        String name =
                call == null || call.function() == null ? null : call.function().name();
        if (call == null || id == null || name == null || call.function() == null) {
            throw RequestProblem.invalid(
                    at + ".tool_calls", "something else", "an array of calls with ids and functions");
        }
        return new ToolCall(id, name, arguments(call.function().arguments(), at));
    }

    private static String arguments(@Nullable JsonNode arguments, String at) {
        if (arguments == null || arguments.isNull()) {
            return "{}";
        }
        if (arguments.isObject()) {
            return arguments.toString();
        }
        if (arguments.isString()) {
            return arguments.stringValue();
        }
        throw RequestProblem.invalid(
                at + ".tool_calls", "arguments of another type", "arguments that are an object, as JSON text");
    }

    private ChatMessage result(Message message, String at) {
        String id = message.toolCallId();
        String tool = id == null ? null : toolsByCall.get(id);
        if (id == null || tool == null) {
            throw RequestProblem.invalid(
                    at + ".tool_call_id",
                    id == null ? null : "'" + id + "'",
                    "the id of a tool call of an assistant's message before it");
        }
        return new ChatMessage.ToolResult(id, tool, required(message, at));
    }

    private static String required(Message message, String at) {
        JsonNode content = message.content();
        if (content != null && content.isString()) {
            return content.asString();
        }
        if (content != null && content.isArray() && content.valueStream().allMatch(ChatMessageReader::isText)) {
            return content.valueStream()
                    .map(part -> part.at("/text").asString())
                    .collect(Collectors.joining("\n"));
        }
        String provided = content == null || content.isNull() ? null : "something else";
        throw RequestProblem.invalid(at + ".content", provided, "a string or an array of parts of type text");
    }

    private static boolean isText(JsonNode part) {
        return part.at("/type").asString("").equals("text") && part.at("/text").isString();
    }
}
