package dev.polyphony.conversations.ollama;

import dev.polyphony.conversations.gateway.AttemptTrace;
import dev.polyphony.conversations.gateway.ReplyStream;
import dev.polyphony.conversations.gateway.StreamingResponse;
import dev.polyphony.conversations.ollama.OllamaLines.OllamaFailure;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRouter.Unanswered;
import dev.polyphony.providers.chat.ToolCall;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Writes a reply as lines of JSON while it arrives. */
record OllamaStream(StreamingResponse out, OllamaLines lines, JsonMapper json) implements ReplyStream {
    @Override
    public void onText(String text) {
        write(lines.chunk(text, List.of()));
    }

    @Override
    public void onToolCall(ToolCall call) {
        write(lines.chunk("", List.of(call)));
    }

    @Override
    public void end(ModelReply reply, AttemptTrace trace) {
        write(lines.last(reply, trace));
    }

    /** No line with {@code done} follows, so that the client can tell that the reply is incomplete. */
    @Override
    public void fail(Unanswered<ModelReply> broken, AttemptTrace trace) {
        write(new OllamaFailure(broken.reason(), trace));
    }

    private void write(Object line) {
        out.send(json.writeValueAsString(line) + "\n");
    }
}
