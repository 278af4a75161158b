package dev.polyphony.conversations.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polyphony.conversations.gateway.AttemptTrace;
import dev.polyphony.conversations.openai.OpenAiDialect.OpenAiError;
import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.ToolCall;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Replies in OpenAI's format, complete and in chunks. */
final class ChatReplies {
    private ChatReplies() {}

    /** What is the same in every chunk of a reply. {@code created} is in seconds since 1970. */
    record CompletionHeader(String id, long created, String model) {}

    /**
     * A complete reply.
     *
     * @param id names the reply
     * @param object {@code chat.completion}
     * @param created when it was made, in seconds since 1970
     * @param model the model as the request named it
     * @param choices the one reply
     * @param usage how many tokens were used; null when the provider does not count
     * @param polyphony who was asked, in order, and how it went
     */
    @Schema(name = "ChatCompletion")
    record Completion(
            String id,
            String object,
            long created,
            String model,
            List<Choice> choices,
            @Nullable Usage usage,
            AttemptTrace polyphony) {
        static Completion of(CompletionHeader header, ModelReply reply, AttemptTrace trace) {
            return new Completion(
                    header.id(),
                    "chat.completion",
                    header.created(),
                    header.model(),
                    List.of(new Choice(0, Message.of(reply), null, finishReason(reply.finishReason()))),
                    Usage.of(reply.usage()),
                    trace);
        }
    }

    /**
     * The reply.
     *
     * @param index 0
     * @param message what the model says
     * @param logprobs always null
     * @param finishReason why the model stopped
     */
    @Schema(name = "ChatChoice")
    record Choice(
            int index,
            Message message,
            @Nullable Object logprobs,

            @Schema(allowableValues = {"stop", "length", "tool_calls"})
            String finishReason) {}

    /**
     * What the model says.
     *
     * @param role {@code assistant}
     * @param content the text; null when there are tool calls and no text
     * @param refusal always null
     * @param toolCalls the calls it asks for; absent when there are none
     */
    @Schema(name = "ChatReplyMessage")
    record Message(
            String role,
            @Nullable String content,
            @Nullable String refusal,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Call> toolCalls) {
        static Message of(ModelReply reply) {
            List<Call> calls = IntStream.range(0, reply.calls().size())
                    .mapToObj(i -> Call.of(null, reply.calls().get(i)))
                    .toList();
            String content = reply.text().isEmpty() && !calls.isEmpty() ? null : reply.text();
            return new Message("assistant", content, null, calls);
        }
    }

    /**
     * A call that the model asks for.
     *
     * @param index its place among the calls; only in chunks
     * @param id names the call
     * @param type {@code function}
     * @param function what is to be called
     */
    @Schema(name = "ChatReplyToolCall")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Call(@Nullable Integer index, String id, String type, Function function) {
        static Call of(@Nullable Integer index, ToolCall call) {
            return new Call(index, call.id(), "function", new Function(call.tool(), call.arguments()));
        }
    }

    /**
     * The function that is to be called.
     *
     * @param name the function's name
     * @param arguments its arguments, an object as JSON text
     */
    @Schema(name = "ChatReplyFunction")
    record Function(String name, String arguments) {}

    /**
     * How many tokens a reply used.
     *
     * @param promptTokens tokens read
     * @param completionTokens tokens written
     * @param totalTokens both together
     */
    @Schema(name = "ChatUsage")
    record Usage(int promptTokens, int completionTokens, int totalTokens) {
        static @Nullable Usage of(@Nullable TokenUsage usage) {
            return usage == null ? null : new Usage(usage.input(), usage.output(), usage.input() + usage.output());
        }
    }

    /** A chunk of a streamed reply. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Chunk(
            String id,
            String object,
            long created,
            String model,
            List<ChunkChoice> choices,
            @Nullable Usage usage,
            @Nullable AttemptTrace polyphony) {
        static Chunk of(CompletionHeader header, Delta delta) {
            return of(header, List.of(new ChunkChoice(0, delta, null)), null, null);
        }

        static Chunk last(CompletionHeader header, FinishReason reason, AttemptTrace trace) {
            Delta empty = new Delta(null, null, null);
            return of(header, List.of(new ChunkChoice(0, empty, finishReason(reason))), null, trace);
        }

        static Chunk usage(CompletionHeader header, Usage usage) {
            return of(header, List.of(), usage, null);
        }

        private static Chunk of(
                CompletionHeader header, List<ChunkChoice> parts, @Nullable Usage usage, @Nullable AttemptTrace trace) {
            return new Chunk(
                    header.id(), "chat.completion.chunk", header.created(), header.model(), parts, usage, trace);
        }
    }

    record ChunkChoice(int index, Delta delta, @Nullable String finishReason) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Delta(
            @Nullable String role,
            @Nullable String content,
            @Nullable List<Call> toolCalls) {}

    /** A failure in the middle of a stream. */
    record Failure(OpenAiError error, AttemptTrace polyphony) {}

    /** OpenAI has fewer reasons. */
    private static String finishReason(FinishReason reason) {
        return switch (reason) {
            case LENGTH -> "length";
            case TOOL_CALLS -> "tool_calls";
            case STOP, EXTRACTED, OTHER -> "stop";
        };
    }
}
