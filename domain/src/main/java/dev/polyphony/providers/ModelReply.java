package dev.polyphony.providers;

import dev.polyphony.providers.chat.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model answered.
 *
 * @param text as the model wrote it; blank also when it stopped before its first word, as one that thinks may at its limit on tokens
 * @param calls the tools it wants called, in its order
 * @param model the model that wrote it, as the vendor names it
 * @param finishReason why it stopped
 * @param usage null when the provider does not count tokens
 */
public record ModelReply(
        String text,
        List<ToolCall> calls,
        String model,
        FinishReason finishReason,
        @Nullable TokenUsage usage) {
    public ModelReply {
        calls = List.copyOf(calls);
    }

    /** The same reply in other words. */
    public ModelReply withText(String other) {
        return new ModelReply(other, calls, model, finishReason, usage);
    }

    /** The same reply at another cost. */
    public ModelReply withUsage(@Nullable TokenUsage other) {
        return new ModelReply(text, calls, model, finishReason, other);
    }
}
