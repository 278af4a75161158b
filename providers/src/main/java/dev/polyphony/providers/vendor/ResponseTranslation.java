package dev.polyphony.providers.vendor;

import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ReplyRecorder;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.reply.ReplyDraft;
import java.util.List;

/** Makes a reply of what was read, and refuses what is none. */
final class ResponseTranslation {
    private final ProviderConfig config;

    ResponseTranslation(ProviderConfig config) {
        this.config = config;
    }

    /** An empty reply that names why it ended is a reply: a model may think up to its limit on tokens before it writes. */
    ModelReply of(ReplyDraft draft, ReplyRecorder recorder) {
        List<ToolCall> calls = draft.complete();
        FinishReason reason = draft.reason(calls);
        String text = recorder.text();
        if (text.isBlank() && calls.isEmpty() && !draft.isFinished()) {
            throw ProviderProblem.PROVIDER_REPLY_EMPTY
                    .because("%s sent an empty reply without a finish reason".formatted(config.name()))
                    .afterSpending(draft.usage());
        }
        String model = draft.model().isEmpty() ? config.model() : draft.model();
        return new ModelReply(text, calls, model, reason, draft.usage());
    }
}
