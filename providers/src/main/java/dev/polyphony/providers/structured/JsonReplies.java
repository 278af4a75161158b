package dev.polyphony.providers.structured;

import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.chat.ReplyFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a reply is JSON by the request's schema. The schema stands in the instructions whether or not the vendor
 * also takes it, because vendors enforce a part of JSON Schema only. A reply with tool calls is not the final one and is left
 * alone; so are requests for text.
 */
public final class JsonReplies {
    /** Asks the model. */
    public interface Model {
        /** @throws ProviderFailure when there is no reply */
        ModelReply reply(ModelRequest request);
    }

    private JsonReplies() {}

    /** An invalid reply is shown to the model once, together with what is wrong with it; both share the request's time. */
    public static ModelReply checked(String provider, ModelRequest request, Model model) {
        if (!(request.format() instanceof ReplyFormat.Json json)) {
            return model.reply(request);
        }
        long start = System.nanoTime();
        SchemaCheck check = SchemaCheck.of(json);
        ModelRequest instructed = instructed(request, json);
        ModelReply first = model.reply(instructed);
        Optional<String> fault = check.faultOf(first);
        if (fault.isEmpty()) {
            return check.bare(first);
        }
        Duration left = request.timeout().minusNanos(System.nanoTime() - start);
        if (left.toMillis() < 1) {
            throw invalid(provider, fault.get() + "; no time was left for a repair", first.usage());
        }
        ModelReply second =
                repaired(model, repair(instructed, first, fault.get()).withTimeout(left), first.usage());
        Optional<String> still = check.faultOf(second);
        if (still.isPresent()) {
            throw invalid(provider, still.get() + "; this is the reply after one repair", second.usage());
        }
        return check.bare(second);
    }

    /** With what both replies cost, also when the second one does not come. */
    private static ModelReply repaired(Model model, ModelRequest repair, @Nullable TokenUsage earlier) {
        try {
            ModelReply reply = model.reply(repair);
            return reply.withUsage(
                    earlier == null || reply.usage() == null
                            ? null
                            : reply.usage().plus(earlier));
        } catch (ProviderFailure failure) {
            TokenUsage later = failure.spent();
            throw failure.afterSpending(earlier == null || later == null ? earlier : later.plus(earlier));
        }
    }

    /** What was told cannot be taken back: a stream is checked at its end and not repaired. */
    public static ModelReply checkedAtTheEnd(String provider, ModelRequest request, Model model) {
        if (!(request.format() instanceof ReplyFormat.Json json)) {
            return model.reply(request);
        }
        SchemaCheck check = SchemaCheck.of(json);
        ModelReply reply = model.reply(instructed(request, json));
        Optional<String> fault = check.faultOf(reply);
        if (fault.isPresent()) {
            throw invalid(provider, fault.get(), reply.usage());
        }
        return check.bare(reply);
    }

    private static ProviderFailure invalid(String provider, String fault, @Nullable TokenUsage spent) {
        return ProviderProblem.REPLY_NOT_BY_SCHEMA
                .because("%s did not reply in JSON by the schema: %s".formatted(provider, fault))
                .afterSpending(spent);
    }

    private static ModelRequest instructed(ModelRequest request, ReplyFormat.Json json) {
        String wish = """
            Reply with one JSON value (%s) and nothing else: no explanation, no code fence. It must be valid by this JSON Schema:
            %s\
            """.formatted(json.name(), json.schema());
        List<ChatMessage> messages = new ArrayList<>(request.messages());
        int at = messages.getFirst() instanceof ChatMessage.Instructions ? 1 : 0;
        messages.add(at, new ChatMessage.Instructions(wish));
        return request.withMessages(messages);
    }

    private static ModelRequest repair(ModelRequest request, ModelReply wrong, String fault) {
        List<ChatMessage> messages = new ArrayList<>(request.prompt());
        messages.add(new ChatMessage.Assistant(wrong.text(), List.of()));
        messages.add(new ChatMessage.User(
                "That reply is not valid: %s. Reply again with the corrected JSON value and nothing else."
                        .formatted(fault)));
        return request.withMessages(messages).withPassages(List.of());
    }
}
