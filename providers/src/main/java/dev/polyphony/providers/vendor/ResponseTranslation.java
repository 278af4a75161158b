package dev.polyphony.providers.vendor;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.config.ProviderConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells LangChain4j's responses in our words, and refuses those that are no reply. */
final class ResponseTranslation {
    private final ProviderConfig config;
    private final Dialect dialect;

    ResponseTranslation(ProviderConfig config, Dialect dialect) {
        this.config = config;
        this.dialect = dialect;
    }

    ModelReply of(ChatResponse response) {
        List<ToolCall> calls = response.aiMessage().toolExecutionRequests().stream()
                .map(ResponseTranslation::call)
                .toList();
        return of(response, storable(response.aiMessage().text()), calls);
    }

    /** @param calls those of the response, under the ids under which they were told */
    ModelReply of(ChatResponse response, String text, List<ToolCall> calls) {
        if (response.finishReason() == dev.langchain4j.model.output.FinishReason.CONTENT_FILTER) {
            throw ProviderProblem.CONTENT_REFUSED
                    .because(config.name() + " stopped the reply by its content filter")
                    .afterSpending(usage(response.tokenUsage()));
        }
        FinishReason reason = reason(response.finishReason(), calls);
        if (text.isBlank() && calls.isEmpty() && response.finishReason() == null) {
            throw ProviderProblem.PROVIDER_REPLY_EMPTY
                    .because("%s sent an empty reply without a finish reason".formatted(config.name()))
                    .afterSpending(usage(response.tokenUsage()));
        }
        String model = response.metadata().modelName();
        return new ModelReply(
                text,
                calls,
                model == null || model.isBlank() ? config.model() : storable(model),
                reason,
                usage(response.tokenUsage()));
    }

    static ToolCall call(ToolExecutionRequest call) {
        return new ToolCall(CallIds.orNew(call.id()), storable(call.name()), storable(call.arguments()));
    }

    /** A model may write a NUL, which PostgreSQL stores in no text. */
    static String storable(@Nullable String text) {
        return text == null ? "" : text.replace('\0', '\uFFFD');
    }

    private static FinishReason reason(
            dev.langchain4j.model.output.@Nullable FinishReason reason, List<ToolCall> calls) {
        if (!calls.isEmpty() && reason != dev.langchain4j.model.output.FinishReason.LENGTH) {
            return FinishReason.TOOL_CALLS;
        }
        return switch (reason) {
            case STOP -> FinishReason.STOP;
            case LENGTH -> FinishReason.LENGTH;
            case null, default -> FinishReason.OTHER;
        };
    }

    private @Nullable TokenUsage usage(dev.langchain4j.model.output.@Nullable TokenUsage usage) {
        if (usage == null || usage.inputTokenCount() == null) {
            return null;
        }
        int written = usage.outputTokenCount() == null ? 0 : usage.outputTokenCount();
        int output = written + dialect.hiddenTokens(usage);
        return usage.inputTokenCount() == 0 && output == 0 ? null : new TokenUsage(usage.inputTokenCount(), output);
    }
}
