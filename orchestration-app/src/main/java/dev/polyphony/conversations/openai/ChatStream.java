package dev.polyphony.conversations.openai;

import dev.polyphony.conversations.openai.ChatReplies.Call;
import dev.polyphony.conversations.openai.ChatReplies.Chunk;
import dev.polyphony.conversations.openai.ChatReplies.Delta;
import dev.polyphony.conversations.openai.ChatReplies.Failure;
import dev.polyphony.conversations.openai.ChatReplies.FailureBody;
import dev.polyphony.conversations.openai.ChatReplies.Head;
import dev.polyphony.conversations.openai.ChatReplies.Usage;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.chat.ToolCall;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a reply as server-sent events while it is told. Nothing is sent before the first piece, so that a failure before it is
 * an ordinary error with its status.
 */
final class ChatStream implements ReplyListener {
    private final HttpServletResponse response;
    private final JsonMapper json;
    private final Head head;
    private final Runnable beforeFirst;
    private boolean begun;
    private int calls;

    /** @param beforeFirst runs before anything is written */
    ChatStream(HttpServletResponse response, JsonMapper json, Head head, Runnable beforeFirst) {
        this.response = response;
        this.json = json;
        this.head = head;
        this.beforeFirst = beforeFirst;
    }

    boolean hasBegun() {
        return begun;
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
        if (!begun) {
            beforeFirst.run();
            begun = true;
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
            write(Chunk.of(head, new Delta("assistant", "", null)));
        }
    }

    void end(ModelReply reply, Trail trail, boolean withUsage) {
        begin();
        write(Chunk.last(head, reply.finishReason(), trail));
        Usage usage = Usage.of(reply.usage());
        if (withUsage && usage != null) {
            write(Chunk.usage(head, usage));
        }
        send("data: [DONE]\n\n");
    }

    /** No {@code [DONE]} follows, so that nobody takes the reply for whole. */
    void fail(String code, String message, Trail trail) {
        FailureBody body = new FailureBody(message, "server_error", null, code.toLowerCase(Locale.ROOT));
        send("event: error\ndata: " + json.writeValueAsString(new Failure(body, trail)) + "\n\n");
    }

    private void write(Chunk chunk) {
        send("data: " + json.writeValueAsString(chunk) + "\n\n");
    }

    private void send(String text) {
        try {
            OutputStream out = response.getOutputStream();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException gone) {
            throw new ClientGone(gone);
        }
    }
}
