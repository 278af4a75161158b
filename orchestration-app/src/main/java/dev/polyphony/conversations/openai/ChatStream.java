package dev.polyphony.conversations.openai;

import dev.polyphony.conversations.gateway.AttemptTrace;
import dev.polyphony.conversations.gateway.ReplyStream;
import dev.polyphony.conversations.gateway.StreamingResponse;
import dev.polyphony.conversations.openai.ChatReplies.Call;
import dev.polyphony.conversations.openai.ChatReplies.Chunk;
import dev.polyphony.conversations.openai.ChatReplies.Delta;
import dev.polyphony.conversations.openai.ChatReplies.Failure;
import dev.polyphony.conversations.openai.ChatReplies.FailureBody;
import dev.polyphony.conversations.openai.ChatReplies.Head;
import dev.polyphony.conversations.openai.ChatReplies.Usage;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRouter.Unanswered;
import dev.polyphony.providers.chat.ToolCall;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** Writes a reply as server-sent events while it is told. */
final class ChatStream implements ReplyStream {
    private final StreamingResponse out;
    private final JsonMapper json;
    private final Head head;
    private final boolean withUsage;
    private int calls;

    ChatStream(StreamingResponse out, JsonMapper json, Head head, boolean withUsage) {
        this.out = out;
        this.json = json;
        this.head = head;
        this.withUsage = withUsage;
    }

    @Override
    public StreamingResponse out() {
        return out;
    }

    @Override
    public void onText(String piece) {
        begin();
        write(Chunk.of(head, new Delta(null, piece, null)));
    }

    @Override
    public void onToolCall(ToolCall call) {
        begin();
        write(Chunk.of(head, new Delta(null, null, List.of(Call.of(calls, call)))));
        calls++;
    }

    private void begin() {
        if (!out.hasBegun()) {
            write(Chunk.of(head, new Delta("assistant", "", null)));
        }
    }

    @Override
    public void end(ModelReply reply, AttemptTrace trail) {
        begin();
        write(Chunk.last(head, reply.finishReason(), trail));
        Usage usage = Usage.of(reply.usage());
        if (withUsage && usage != null) {
            write(Chunk.usage(head, usage));
        }
        out.send("data: [DONE]\n\n");
    }

    /** No {@code [DONE]} follows, so that nobody takes the reply for whole. */
    @Override
    public void fail(Unanswered<ModelReply> broken, AttemptTrace trail) {
        String code = broken.problem().name().toLowerCase(Locale.ROOT);
        FailureBody body = new FailureBody(broken.reason(), "server_error", null, code);
        out.send("event: error\ndata: " + json.writeValueAsString(new Failure(body, trail)) + "\n\n");
    }

    private void write(Chunk chunk) {
        out.send("data: " + json.writeValueAsString(chunk) + "\n\n");
    }
}
