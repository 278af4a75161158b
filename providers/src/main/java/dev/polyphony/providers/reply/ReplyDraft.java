package dev.polyphony.providers.reply;

import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.chat.ToolCall;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A reply that is being read. Text is told to the listener as it comes; tool calls only when the reply has come to its end, so that
 * none is told by half.
 */
public final class ReplyDraft {
    /** What vendors call a part that is text; some do not say. */
    private static final Set<String> TEXTS = Set.of("", "text", "output_text");

    private final ReplyListener listener;
    private final TextPieces pieces = new TextPieces();
    private final ToolCallDrafts calls = new ToolCallDrafts();
    private @Nullable FinishReason reason;
    private String model = "";
    private int input = -1;
    private int output = -1;
    private long progress;

    public ReplyDraft(ReplyListener listener) {
        this.listener = listener;
    }

    /** @param content a text, or a list of parts; what is no text in it, such as thoughts, is left out */
    public void text(JsonNode content) {
        String text = textOf(content);
        if (!text.isEmpty()) {
            progress++;
        }
        tell(pieces.next(text));
    }

    private static String textOf(JsonNode content) {
        if (content.isString()) {
            return content.stringValue();
        }
        StringBuilder text = new StringBuilder();
        if (content.isArray()) {
            content.forEach(part -> text.append(textOf(part)));
        } else if (content.isObject() && TEXTS.contains(Json.text(content.path("type")))) {
            text.append(textOf(content.has("text") ? content.path("text") : content.path("value")));
        }
        return text.toString();
    }

    private void tell(String piece) {
        if (!piece.isEmpty()) {
            listener.onText(piece);
        }
    }

    /** What the model thinks is progress, though nobody is told of it. */
    public void thought(JsonNode thought) {
        boolean says =
                thought.isContainer() ? !thought.isEmpty() : !Json.text(thought).isEmpty();
        if (says) {
            progress++;
        }
    }

    /** A part of a tool call, or all of it. */
    public void toolCall(ToolCallFragment fragment) {
        if (calls.add(fragment)) {
            progress++;
        }
    }

    /** A tool call that comes in no more parts. */
    public void wholeToolCall(ToolCallFragment call) {
        calls.addWhole(call);
        progress++;
    }

    public void finish(FinishReason why) {
        if (reason == null) {
            progress++;
        }
        reason = why;
    }

    public void model(JsonNode name) {
        String given = Json.text(name);
        model = given.isBlank() ? model : TextPieces.whole(given);
    }

    /** Counts that are negative change nothing. */
    public void usage(int read, int written) {
        input = read < 0 ? input : read;
        output = written < 0 ? output : written;
    }

    /** Grows with every event that told something new. */
    public long progress() {
        return progress;
    }

    public boolean isFinished() {
        return reason != null;
    }

    /** Tells the rest of the text, and the tool calls, which are all there now. */
    public List<ToolCall> complete() {
        tell(pieces.rest());
        List<ToolCall> whole = calls.complete(reason == FinishReason.LENGTH);
        whole.forEach(listener::onToolCall);
        return whole;
    }

    /** Why the model stopped, when it wants these tools called. */
    public FinishReason reason(List<ToolCall> wanted) {
        if (!wanted.isEmpty() && reason != FinishReason.LENGTH) {
            return FinishReason.TOOL_CALLS;
        }
        return reason == null || reason == FinishReason.TOOL_CALLS ? FinishReason.OTHER : reason;
    }

    /** As the vendor names it; empty when it did not. */
    public String model() {
        return model;
    }

    /** Null when the vendor did not count. */
    public @Nullable TokenUsage usage() {
        int written = Math.max(output, 0);
        return input < 0 || (input == 0 && written == 0) ? null : new TokenUsage(input, written);
    }
}
