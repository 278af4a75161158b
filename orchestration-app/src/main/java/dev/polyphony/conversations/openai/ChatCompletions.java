package dev.polyphony.conversations.openai;

import dev.polyphony.conversations.gateway.DisconnectMonitor;
import dev.polyphony.conversations.gateway.Gateway;
import dev.polyphony.conversations.gateway.Gateway.Result;
import dev.polyphony.conversations.gateway.ModelResolver;
import dev.polyphony.conversations.gateway.StreamingResponse;
import dev.polyphony.conversations.gateway.Target;
import dev.polyphony.conversations.openai.ChatReplies.Completion;
import dev.polyphony.conversations.openai.ChatReplies.CompletionHeader;
import dev.polyphony.identity.Caller;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers a conversation through the router, complete or as a stream, on the thread of the request. */
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

    /** A call that is ready to be made, and what its reply starts with. */
    private record ChatCall(ModelRequest request, Target target, CompletionHeader header) {}

    Completion complete(ChatBody body, Caller caller, HttpServletResponse response) {
        ChatCall chat = chat(body);
        Result<ModelReply> result = gateway.complete(chat.request(), chat.target(), caller, response);
        return Completion.of(chat.header(), result.reply(), result.trace());
    }

    /** @param monitor pauses while something is written */
    void stream(ChatBody body, Caller caller, HttpServletResponse response, DisconnectMonitor monitor) {
        ChatCall chat = chat(body);
        StreamingResponse out = new StreamingResponse(response, MediaType.TEXT_EVENT_STREAM_VALUE, monitor);
        ChatStream stream = new ChatStream(out, json, chat.header(), body.wantsUsage());
        gateway.stream(chat.request(), chat.target(), caller, stream, response);
    }

    private ChatCall chat(ChatBody body) {
        Target target = models.target(body.model());
        ModelRequest request = ChatRequests.of(body, target, gateway.timeout());
        String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
        CompletionHeader header = new CompletionHeader(id, clock.instant().getEpochSecond(), target.model());
        return new ChatCall(request, target, header);
    }
}
