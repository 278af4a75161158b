package dev.polyphony.conversations.openai;

import dev.polyphony.conversations.gateway.AttemptTrace;
import dev.polyphony.conversations.gateway.ReplyStream;
import dev.polyphony.conversations.gateway.StreamingResponse;
import dev.polyphony.conversations.openai.ChatReplies.Call;
import dev.polyphony.conversations.openai.ChatReplies.Chunk;
import dev.polyphony.conversations.openai.ChatReplies.CompletionHeader;
import dev.polyphony.conversations.openai.ChatReplies.Delta;
import dev.polyphony.conversations.openai.ChatReplies.Failure;
import dev.polyphony.conversations.openai.ChatReplies.Usage;
import dev.polyphony.conversations.openai.OpenAiDialect.OpenAiError;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRouter.Unanswered;
import dev.polyphony.providers.chat.ToolCall;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** Writes a reply as server-sent events while it arrives. */
final class ChatStream implements ReplyStream {
    private final StreamingResponse out;
    private final JsonMapper json;
    private final CompletionHeader header;
    private final boolean withUsage;
    private int calls;

    ChatStream(StreamingResponse out, JsonMapper json, CompletionHeader header, boolean withUsage) {
        this.out = out;
        this.json = json;
        this.header = header;
        this.withUsage = withUsage;
    }

    @Override
    public StreamingResponse out() {
        return out;
    }

    @Override
    public void onText(String text) {
        start();
        write(Chunk.of(header, new Delta(null, text, null)));
    }

    @Override
    public void onToolCall(ToolCall call) {
        start();
        write(Chunk.of(header, new Delta(null, null, List.of(Call.of(calls, call)))));
        calls++;
    }

    private void start() {
        if (!out.hasStarted()) {
            write(Chunk.of(header, new Delta("assistant", "", null)));
        }
    }

    @Override
    public void end(ModelReply reply, AttemptTrace trace) {
        start();
        write(Chunk.last(header, reply.finishReason(), trace));
        Usage usage = Usage.of(reply.usage());
        if (withUsage && usage != null) {
            write(Chunk.usage(header, usage));
        }
        out.send("data: [DONE]\n\n");
    }

    /** No {@code [DONE]} follows, so that the client can tell that the reply is incomplete. */
    @Override
    public void fail(Unanswered<ModelReply> broken, AttemptTrace trace) {
        String code = broken.problem().name().toLowerCase(Locale.ROOT);
        OpenAiError error = new OpenAiError(broken.reason(), "server_error", null, code, null);
        out.send("event: error\ndata: " + json.writeValueAsString(new Failure(error, trace)) + "\n\n");
    }

    private void write(Chunk chunk) {
        out.send("data: " + json.writeValueAsString(chunk) + "\n\n");
    }
}
