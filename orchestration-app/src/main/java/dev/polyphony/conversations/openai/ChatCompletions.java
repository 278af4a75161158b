package dev.polyphony.conversations.openai;

import dev.polyphony.config.Caller;
import dev.polyphony.conversations.openai.ChatReplies.Completion;
import dev.polyphony.conversations.openai.ChatReplies.Head;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.providers.ModelRouter.Answered;
import dev.polyphony.providers.ModelRouter.Routed;
import dev.polyphony.providers.ModelRouter.Unanswered;
import dev.polyphony.providers.RouteOptions;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Has a conversation answered by the router, whole or as a stream, on the thread of the request. */
@Component
class ChatCompletions {
    private final ModelRouter router;
    private final Models models;
    private final OpenAiSettings settings;
    private final JsonMapper json;
    private final Clock clock;

    ChatCompletions(ModelRouter router, Models models, OpenAiSettings settings, JsonMapper json, Clock clock) {
        this.router = router;
        this.models = models;
        this.settings = settings;
        this.json = json;
        this.clock = clock;
    }

    /** What is asked, whom, and in which words the answer begins. */
    private record Asked(ModelRequest request, RouteOptions options, Head head) {}

    Completion whole(ChatBody body, Caller caller, HttpServletResponse response) {
        Asked asked = asked(body, caller);
        Routed<ModelReply> routed = router.route(asked.request(), asked.options());
        Trail trail = trail(routed);
        trail.tell(response);
        return switch (routed) {
            case Answered<ModelReply> answered -> Completion.of(asked.head(), answered.reply(), trail);
            case Unanswered<ModelReply> unanswered -> throw unanswered.failure();
        };
    }

    /** @param beforeFirst runs before anything is written */
    void streamed(ChatBody body, Caller caller, HttpServletResponse response, Runnable beforeFirst) {
        Asked asked = asked(body, caller);
        ChatStream stream = new ChatStream(response, json, asked.head(), beforeFirst);
        Routed<ModelReply> routed = router.route(asked.request(), asked.options(), stream);
        beforeFirst.run();
        end(routed, stream, body.wantsUsage(), response);
    }

    private static void end(
            Routed<ModelReply> routed, ChatStream stream, boolean withUsage, HttpServletResponse response) {
        Trail trail = trail(routed);
        switch (routed) {
            case Answered<ModelReply> answered -> stream.end(answered.reply(), trail, withUsage);
            case Unanswered<ModelReply> broken
            when stream.hasBegun() -> stream.fail(broken.problem().name(), broken.reason(), trail);
            case Unanswered<ModelReply> unanswered -> {
                trail.tell(response);
                throw unanswered.failure();
            }
        }
    }

    private Asked asked(ChatBody body, Caller caller) {
        Target target = models.target(body.model());
        ModelRequest request = ChatRequests.of(body, target.instructions(), settings.timeout());
        String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
        Head head = new Head(id, clock.instant().getEpochSecond(), target.model());
        return new Asked(request, target.options(caller.tenant(), settings.timeout()), head);
    }

    private static Trail trail(Routed<ModelReply> routed) {
        return switch (routed) {
            case Answered<ModelReply> answered ->
                Trail.of(answered.provider(), answered.reply().model(), answered.attempts());
            case Unanswered<ModelReply> unanswered -> Trail.of(null, null, unanswered.attempts());
        };
    }
}
