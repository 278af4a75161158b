package dev.polyphony.providers.local;

import dev.polyphony.providers.ContextChunk;
import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.ChatMessage;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one request. Passages that do not fit in the model's context window are left out from the end, where the least
 * weighty stand, and the log says how many; a request that does not fit with even one passage is refused.
 */
final class LlamaAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(LlamaAnswer.class);

    /** The part of the context that a prompt leaves to the reply, unless the reply may not be that long: one in four. */
    private static final int REPLY_SHARE = 4;

    private final String name;
    private final String model;
    private final LlamaSession session;

    LlamaAnswer(String name, String model, LlamaSession session) {
        this.name = name;
        this.model = model;
        this.session = session;
    }

    ModelReply to(ModelRequest request, Consumer<String> pieces, BooleanSupplier abandoned) {
        String prompt = prompt(request);
        int read = session.count(prompt);
        int room = session.contextTokens() - read - 1; // 1: the start token that some models add
        ReplyCheck check = new ReplyCheck(request);
        LlamaSession.Generated reply = session.generate(
                prompt,
                Math.min(maxTokens(request), room),
                request.sampling(),
                piece -> {
                    check.hear(piece);
                    pieces.accept(piece);
                },
                () -> check.repeats() || abandoned.getAsBoolean());
        if (abandoned.getAsBoolean()) {
            throw ProviderProblem.PROVIDER_UNREACHABLE.because(name + " was closed while it wrote");
        }
        String text = reply.text();
        if (text.isBlank() && reply.complete()) {
            throw ProviderProblem.PROVIDER_REPLY_EMPTY
                    .because("%s: %s wrote nothing".formatted(name, model))
                    .afterSpending(new TokenUsage(read, 0));
        }
        check.objection(reply.complete()).ifPresent(objection -> {
            throw ProviderProblem.PROVIDER_REPLY_UNUSABLE
                    .because("%s: the reply of %s is of no use, since %s".formatted(name, model, objection))
                    .afterSpending(new TokenUsage(read, session.count(text)));
        });
        FinishReason reason = reply.complete() ? FinishReason.STOP : FinishReason.LENGTH;
        return new ModelReply(text, List.of(), model, reason, new TokenUsage(read, session.count(text)));
    }

    private int maxTokens(ModelRequest request) {
        Integer limit = request.sampling().maxTokens();
        return limit == null ? session.contextTokens() : limit;
    }

    private String prompt(ModelRequest request) {
        int most = session.contextTokens() - 1 - Math.min(maxTokens(request), session.contextTokens() / REPLY_SHARE);
        int all = request.passages().size();
        int fitting = fitting(request, most);
        if (fitting < Math.min(all, 1)) {
            int least = session.count(prompt(request, Math.min(all, 1)));
            throw ProviderProblem.CONTEXT_WINDOW_EXCEEDED.because(
                    "%s: the request has %d tokens%s, but the context window of %s leaves %d to it; shorten the question"
                            .formatted(name, least, all > 0 ? " with its first passage alone" : "", model, most));
        }
        if (fitting < all) {
            LOG.warn(
                    "{}: {} of {} passages do not fit in the context window of {} tokens; the last ones were left out",
                    name,
                    all - fitting,
                    all,
                    session.contextTokens());
        }
        return prompt(request, fitting);
    }

    /** How many passages fit, found by halving; -1 when not even the question does. */
    private int fitting(ModelRequest request, int mostTokens) {
        int fits = -1;
        int tooMany = request.passages().size() + 1;
        int tried = request.passages().size();
        while (tooMany - fits > 1) {
            boolean good = session.count(prompt(request, tried)) <= mostTokens;
            fits = good ? tried : fits;
            tooMany = good ? tooMany : tried;
            tried = (fits + tooMany) / 2;
        }
        return fits;
    }

    private String prompt(ModelRequest request, int passages) {
        List<ContextChunk> first = request.passages().subList(0, passages);
        List<ChatMessage> messages = request.withPassages(first).prompt().stream()
                .filter(message -> !(message instanceof ChatMessage.Instructions))
                .toList();
        return session.prompt(request.instructions(), messages);
    }
}
