package dev.polyphony.providers.chat;

import java.util.List;

/** One message of a conversation with a model. */
public sealed interface ChatMessage {
    /** What it says; may be empty. */
    String text();

    /** Who the model is and how it should answer (the system prompt). */
    record Instructions(String text) implements ChatMessage {}

    /** What is asked. */
    record User(String text) implements ChatMessage {}

    /**
     * What a model answered earlier.
     *
     * @param calls the tools it asked to call; each is followed by its {@link ToolResult}
     */
    record Assistant(String text, List<ToolCall> calls) implements ChatMessage {
        public Assistant {
            calls = List.copyOf(calls);
        }
    }

    /**
     * What a tool returned.
     *
     * @param callId the id of the {@link ToolCall} that it answers
     * @param tool the tool's name
     */
    record ToolResult(String callId, String tool, String text) implements ChatMessage {}
}
