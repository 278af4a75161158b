package dev.polyphony.providers;

import dev.polyphony.providers.chat.ToolCall;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model answered.
 *
 * @param text as the model wrote it; blank only when there are tool calls
 * @param calls the tools it wants called, in its order
 * @param model the model that wrote it, as the vendor names it
 * @param finishReason why it stopped
 * @param usage null when the provider does not count tokens
 * @param firstToken from the start of the call to the first piece of it; null when it came whole
 */
public record ModelReply(
        String text,
        List<ToolCall> calls,
        String model,
        FinishReason finishReason,
        @Nullable TokenUsage usage,
        @Nullable Duration firstToken) {
    public ModelReply {
        calls = List.copyOf(calls);
    }

    /** A reply that came whole. */
    public static ModelReply whole(
            String text, List<ToolCall> calls, String model, FinishReason finishReason, @Nullable TokenUsage usage) {
        return new ModelReply(text, calls, model, finishReason, usage, null);
    }

    /** The same reply in other words. */
    public ModelReply withText(String other) {
        return new ModelReply(other, calls, model, finishReason, usage, firstToken);
    }

    /** The same reply at another cost. */
    public ModelReply withUsage(@Nullable TokenUsage other) {
        return new ModelReply(text, calls, model, finishReason, other, firstToken);
    }

    /** The same reply, of which the first piece was heard after that time. */
    public ModelReply streamed(@Nullable Duration firstPieceAfter) {
        return new ModelReply(text, calls, model, finishReason, usage, firstPieceAfter);
    }
}
