package dev.polyphony.conversations.openai;

import dev.polyphony.conversations.gateway.Gateway.Told;
import dev.polyphony.conversations.gateway.Gateway;
import dev.polyphony.conversations.gateway.ModelResolver;
import dev.polyphony.conversations.gateway.StreamingResponse;
import dev.polyphony.conversations.gateway.Target;
import dev.polyphony.conversations.openai.ChatReplies.Completion;
import dev.polyphony.conversations.openai.ChatReplies.Head;
import dev.polyphony.identity.Caller;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Has a conversation answered by the router, whole or as a stream, on the thread of the request. */
@Component
class ChatCompletions {
    private final Gateway gateway;
    private final ModelResolver models;
    private final JsonMapper json;
    private final Clock clock;

    ChatCompletions(Gateway gateway, ModelResolver models, JsonMapper json, Clock clock) {
        this.gateway = gateway;
        this.models = models;
        this.json = json;
        this.clock = clock;
    }

    /** What is asked, whom, and in which words the answer begins. */
    private record Asked(ModelRequest request, Target target, Head head) {}

    Completion whole(ChatBody body, Caller caller, HttpServletResponse response) {
        Asked asked = asked(body);
        Told<ModelReply> told = gateway.whole(asked.request(), asked.target(), caller, response);
        return Completion.of(asked.head(), told.reply(), told.trail());
    }

    /** @param endWatch runs before anything is written */
    void streamed(ChatBody body, Caller caller, HttpServletResponse response, Runnable endWatch) {
        Asked asked = asked(body);
        StreamingResponse out = new StreamingResponse(response, MediaType.TEXT_EVENT_STREAM_VALUE, endWatch);
        ChatStream stream = new ChatStream(out, json, asked.head(), body.wantsUsage());
        gateway.streamed(asked.request(), asked.target(), caller, stream, response);
    }

    private Asked asked(ChatBody body) {
        Target target = models.target(body.model());
        ModelRequest request = ChatRequests.of(body, target, gateway.timeout());
        String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
        Head head = new Head(id, clock.instant().getEpochSecond(), target.model());
        return new Asked(request, target, head);
    }
}
