package dev.polyphony.conversations.ollama;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polyphony.conversations.gateway.AttemptTrace;
import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.ToolCall;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One reply in Ollama's format. A complete one is one line, and so is every chunk of a stream.
 *
 * @param asMessage whether the text stands in a message (chat) or alone (generate)
 * @param startNanos when the request came, by {@link System#nanoTime}
 */
record OllamaLines(String model, boolean asMessage, long startNanos, Clock clock, JsonMapper json) {
    private static final Pattern ZERO_DURATION = Pattern.compile("0[a-z]*");

    /**
     * A reply, or a piece of one.
     *
     * @param model the model as the request named it
     * @param createdAt when it was written
     * @param message what the model says; only in replies to a conversation
     * @param response what the model says; only in replies to one text
     * @param done whether it is the last line
     * @param doneReason {@code stop}, {@code length}, {@code load} or {@code unload}; only in the last line, as is all that follows it
     * @param totalDuration in nanoseconds
     * @param promptEvalCount tokens read; absent where the provider does not count
     * @param evalCount tokens written; absent where the provider does not count
     * @param polyphony who was asked, in order, and how it went; only in the last line
     */
    @Schema(name = "OllamaReply")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OllamaLine(
            String model,
            Instant createdAt,
            @Nullable OllamaMessage message,
            @Nullable String response,
            boolean done,

            @Schema(allowableValues = {"stop", "length", "load", "unload"}) @Nullable
            String doneReason,

            @Nullable Long totalDuration,
            @Nullable Integer promptEvalCount,
            @Nullable Integer evalCount,
            @Nullable AttemptTrace polyphony) {}

    /** A failure in the middle of a stream. */
    record OllamaFailure(String error, AttemptTrace polyphony) {}

    OllamaLine chunk(String text, List<ToolCall> calls) {
        return new OllamaLine(
                model, clock.instant(), message(text, calls), response(text), false, null, null, null, null, null);
    }

    /** The last line, which does not repeat the text. */
    OllamaLine last(ModelReply reply, AttemptTrace trace) {
        return done("", List.of(), reply, trace);
    }

    OllamaLine complete(ModelReply reply, AttemptTrace trace) {
        return done(reply.text(), reply.calls(), reply, trace);
    }

    /** Models are always loaded, so this is true at once. */
    OllamaLine loaded(@Nullable JsonNode keepAlive) {
        boolean unload = keepAlive != null
                && ZERO_DURATION.matcher(keepAlive.asString("")).matches();
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

    private OllamaLine done(String text, List<ToolCall> calls, ModelReply reply, AttemptTrace trace) {
        TokenUsage usage = reply.usage();
        return new OllamaLine(
                model,
                clock.instant(),
                message(text, calls),
                response(text),
                true,
                reply.finishReason() == FinishReason.LENGTH ? "length" : "stop",
                System.nanoTime() - startNanos,
                usage == null ? null : usage.input(),
                usage == null ? null : usage.output(),
                trace);
    }

    private @Nullable OllamaMessage message(String text, List<ToolCall> calls) {
        return asMessage ? OllamaMessage.assistant(text, calls, json) : null;
    }

    private @Nullable String response(String text) {
        return asMessage ? null : text;
    }
}
