package dev.polyphony.conversations.openai;

import dev.polyphony.conversations.gateway.AttemptTrace;
import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.ToolCall;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Replies in OpenAI's form, whole and in pieces. */
final class ChatReplies {
    private ChatReplies() {}

    /** What is the same in every piece of a reply. {@code created} is in seconds since 1970. */
    record Head(String id, long created, String model) {}

    /** A whole reply. {@code usage} is null when the provider does not count tokens. */
    record Completion(
            String id,
            String object,
            long created,
            String model,
            List<Choice> choices,
            @Nullable Usage usage,
            AttemptTrace polyphony) {
        static Completion of(Head head, ModelReply reply, AttemptTrace trail) {
            return new Completion(
                    head.id(),
                    "chat.completion",
                    head.created(),
                    head.model(),
                    List.of(new Choice(0, Message.of(reply), null, word(reply.finishReason()))),
                    Usage.of(reply.usage()),
                    trail);
        }
    }

    record Choice(int index, Message message, @Nullable Object logprobs, String finishReason) {}

    /** {@code content} is null when there are tool calls and no text. */
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

    /** @param index its place among the calls; only in pieces */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Call(@Nullable Integer index, String id, String type, Function function) {
        static Call of(@Nullable Integer index, ToolCall call) {
            return new Call(index, call.id(), "function", new Function(call.tool(), call.arguments()));
        }
    }

    record Function(String name, String arguments) {}

    record Usage(int promptTokens, int completionTokens, int totalTokens) {
        static @Nullable Usage of(@Nullable TokenUsage usage) {
            return usage == null ? null : new Usage(usage.input(), usage.output(), usage.input() + usage.output());
        }
    }

    /** One piece. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Chunk(
            String id,
            String object,
            long created,
            String model,
            List<Part> choices,
            @Nullable Usage usage,
            @Nullable AttemptTrace polyphony) {
        static Chunk of(Head head, Delta delta) {
            return of(head, List.of(new Part(0, delta, null)), null, null);
        }

        static Chunk last(Head head, FinishReason reason, AttemptTrace trail) {
            Delta nothing = new Delta(null, null, null);
            return of(head, List.of(new Part(0, nothing, word(reason))), null, trail);
        }

        static Chunk usage(Head head, Usage usage) {
            return of(head, List.of(), usage, null);
        }

        private static Chunk of(Head head, List<Part> parts, @Nullable Usage usage, @Nullable AttemptTrace trail) {
            return new Chunk(head.id(), "chat.completion.chunk", head.created(), head.model(), parts, usage, trail);
        }
    }

    record Part(int index, Delta delta, @Nullable String finishReason) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Delta(
            @Nullable String role,
            @Nullable String content,
            @Nullable List<Call> toolCalls) {}

    /** A failure in the middle of a stream. */
    record Failure(FailureBody error, AttemptTrace polyphony) {}

    record FailureBody(
            String message, String type, @Nullable String param, String code) {}

    /** OpenAI knows fewer reasons than we do. */
    private static String word(FinishReason reason) {
        return switch (reason) {
            case LENGTH -> "length";
            case TOOL_CALLS -> "tool_calls";
            case STOP, EXTRACTED, OTHER -> "stop";
        };
    }
}
