package dev.polyphony.providers;

import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.chat.ReplyFormat;
import dev.polyphony.providers.chat.Sampling;
import dev.polyphony.providers.chat.Tool;
import dev.polyphony.providers.chat.ToolChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a language model is asked.
 *
 * @param messages the conversation, oldest first; at least one
 * @param passages the facts that the answer should rest on and cite, weightiest first; may be empty
 * @param sampling how the reply is drawn and where it ends
 * @param tools what the model may ask to call, each name once; may be empty
 * @param toolChoice whether it must, may or may not
 * @param format what form the reply must have
 * @param timeout the longest the whole reply may take, 1 ms to 24 h
 */
public record ModelRequest(
        List<ChatMessage> messages,
        List<ContextChunk> passages,
        Sampling sampling,
        List<Tool> tools,
        ToolChoice toolChoice,
        ReplyFormat format,
        Duration timeout) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    public ModelRequest {
        messages = List.copyOf(messages);
        passages = List.copyOf(passages);
        tools = List.copyOf(tools);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a request has at least one message");
        }
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("timeout is 1 ms to 24 h, not " + timeout);
        }
        Set<String> names = tools.stream().map(Tool::name).collect(Collectors.toSet());
        if (names.size() < tools.size()) {
            throw new IllegalArgumentException("each tool has a name of its own");
        }
        if (toolChoice instanceof ToolChoice.Named(String tool) && !names.contains(tool)) {
            throw new IllegalArgumentException("tool_choice names '%s', which is none of the tools".formatted(tool));
        }
        if (toolChoice == ToolChoice.Free.REQUIRED && tools.isEmpty()) {
            throw new IllegalArgumentException("tool_choice is 'required', but there are no tools");
        }
    }

    /** A conversation that wants nothing but the next message. */
    public static ModelRequest of(List<ChatMessage> messages, Sampling sampling, Duration timeout) {
        return new ModelRequest(
                messages, List.of(), sampling, List.of(), ToolChoice.Free.AUTO, ReplyFormat.TEXT, timeout);
    }

    /**
     * One question, to be answered from passages.
     *
     * @param instructions who the model is and how it should answer; may be empty
     */
    public static ModelRequest about(
            String instructions, String question, List<ContextChunk> passages, int maxTokens, Duration timeout) {
        ChatMessage user = new ChatMessage.User(question);
        List<ChatMessage> messages =
                instructions.isBlank() ? List.of(user) : List.of(new ChatMessage.Instructions(instructions), user);
        return of(messages, Sampling.limitedTo(maxTokens), timeout).withPassages(passages);
    }

    /** All instructions, one paragraph each; empty when there are none. */
    public String instructions() {
        return messages.stream()
                .filter(ChatMessage.Instructions.class::isInstance)
                .map(ChatMessage::text)
                .collect(Collectors.joining("\n\n"));
    }

    /** The last thing the user said; empty when the user said nothing. */
    public String question() {
        return messages.reversed().stream()
                .filter(ChatMessage.User.class::isInstance)
                .map(ChatMessage::text)
                .findFirst()
                .orElse("");
    }

    /**
     * The messages as a model reads them: before the last thing the user said stand the passages as {@link Material}, and an
     * empty line.
     */
    public List<ChatMessage> prompt() {
        if (passages.isEmpty()) {
            return messages;
        }
        List<ChatMessage> prompt = new ArrayList<>(messages);
        String lines = Material.of(passages);
        int last = prompt.size() - 1;
        while (last >= 0 && !(prompt.get(last) instanceof ChatMessage.User)) {
            last--;
        }
        if (last < 0) {
            prompt.add(new ChatMessage.User(lines));
        } else {
            prompt.set(
                    last, new ChatMessage.User(lines + "\n\n" + prompt.get(last).text()));
        }
        return List.copyOf(prompt);
    }

    /** What a provider must be able to do. */
    public Set<Capability> needs() {
        Set<Capability> needs = EnumSet.noneOf(Capability.class);
        boolean toolsWereCalled = messages.stream()
                .anyMatch(message -> message instanceof ChatMessage.ToolResult
                        || (message instanceof ChatMessage.Assistant(String _, var calls) && !calls.isEmpty()));
        if (!tools.isEmpty() || toolsWereCalled) {
            needs.add(Capability.TOOLS);
        }
        if (toolChoice instanceof ToolChoice.Named || toolChoice == ToolChoice.Free.REQUIRED) {
            needs.add(Capability.TOOL_CHOICE);
        }
        if (format instanceof ReplyFormat.Json) {
            needs.add(Capability.JSON);
        }
        if (sampling.seed() != null) {
            needs.add(Capability.SEED);
        }
        if (!sampling.penalties().isNone()) {
            needs.add(Capability.PENALTIES);
        }
        return needs;
    }

    /** The same request with another conversation. */
    public ModelRequest withMessages(List<ChatMessage> others) {
        return new ModelRequest(others, passages, sampling, tools, toolChoice, format, timeout);
    }

    /** The same request over fewer or other passages. */
    public ModelRequest withPassages(List<ContextChunk> others) {
        return new ModelRequest(messages, others, sampling, tools, toolChoice, format, timeout);
    }

    /** The same request with other sampling. */
    public ModelRequest withSampling(Sampling other) {
        return new ModelRequest(messages, passages, other, tools, toolChoice, format, timeout);
    }

    /** The same request with other tools. */
    public ModelRequest withTools(List<Tool> others, ToolChoice choice) {
        return new ModelRequest(messages, passages, sampling, others, choice, format, timeout);
    }

    /** The same request for a reply of another form. */
    public ModelRequest withFormat(ReplyFormat other) {
        return new ModelRequest(messages, passages, sampling, tools, toolChoice, other, timeout);
    }

    /** The same request with another limit on its time. */
    public ModelRequest withTimeout(Duration other) {
        return new ModelRequest(messages, passages, sampling, tools, toolChoice, format, other);
    }
}
