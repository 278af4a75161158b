package dev.polyphony.conversations.ollama;

import dev.polyphony.conversations.gateway.AttemptTrace;
import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.ToolCall;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One reply in Ollama's form. A whole one is one line, and so is every piece of a stream.
 *
 * @param asMessage whether the text stands in a message (chat) or alone (generate)
 * @param begun when the request came, as {@link System#nanoTime} tells it
 */
record OllamaLines(String model, boolean asMessage, long begun, Clock clock, JsonMapper json) {
    private static final Pattern NO_TIME = Pattern.compile("0[a-z]*");

    /**
     * @param doneReason {@code stop}, {@code length}, {@code load} or {@code unload}; only in the last line, as is all that follows it
     * @param totalDuration in nanoseconds
     * @param promptEvalCount tokens read; absent where the provider does not count
     * @param evalCount tokens written; absent where the provider does not count
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OllamaLine(
            String model,
            Instant createdAt,
            @Nullable OllamaMessage message,
            @Nullable String response,
            boolean done,
            @Nullable String doneReason,
            @Nullable Long totalDuration,
            @Nullable Integer promptEvalCount,
            @Nullable Integer evalCount,
            @Nullable AttemptTrace polyphony) {}

    /** A failure in the middle of a stream. */
    record OllamaFailure(String error, AttemptTrace polyphony) {}

    OllamaLine piece(String text, List<ToolCall> calls) {
        return new OllamaLine(
                model, clock.instant(), message(text, calls), response(text), false, null, null, null, null, null);
    }

    /** The last line, which tells nothing of the text that was told before. */
    OllamaLine last(ModelReply reply, AttemptTrace trail) {
        return done("", List.of(), reply, trail);
    }

    OllamaLine whole(ModelReply reply, AttemptTrace trail) {
        return done(reply.text(), reply.calls(), reply, trail);
    }

    /** A provider's model is always as much loaded as it can be, so this is true at once. */
    OllamaLine loaded(@Nullable JsonNode keepAlive) {
        boolean unload =
                keepAlive != null && NO_TIME.matcher(keepAlive.asString("")).matches();
        return new OllamaLine(
                model,
                clock.instant(),
                message("", List.of()),
                response(""),
                true,
                unload ? "unload" : "load",
                null,
                null,
                null,
                null);
    }

    private OllamaLine done(String text, List<ToolCall> calls, ModelReply reply, AttemptTrace trail) {
        TokenUsage usage = reply.usage();
        return new OllamaLine(
                model,
                clock.instant(),
                message(text, calls),
                response(text),
                true,
                reply.finishReason() == FinishReason.LENGTH ? "length" : "stop",
                System.nanoTime() - begun,
                usage == null ? null : usage.input(),
                usage == null ? null : usage.output(),
                trail);
    }

    private @Nullable OllamaMessage message(String text, List<ToolCall> calls) {
        return asMessage ? OllamaMessage.said(text, calls, json) : null;
    }

    private @Nullable String response(String text) {
        return asMessage ? null : text;
    }
}
