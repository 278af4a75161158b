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

/** Writes a reply as lines of JSON while it is told. */
record OllamaStream(StreamingResponse out, OllamaLines lines, JsonMapper json) implements ReplyStream {
    @Override
    public void onText(String piece) {
        write(lines.piece(piece, List.of()));
    }

    @Override
    public void onToolCall(ToolCall call) {
        write(lines.piece("", List.of(call)));
    }

    @Override
    public void end(ModelReply reply, AttemptTrace trail) {
        write(lines.last(reply, trail));
    }

    /** No line with {@code done} follows, so that nobody takes the reply for whole. */
    @Override
    public void fail(Unanswered<ModelReply> broken, AttemptTrace trail) {
        write(new OllamaFailure(broken.reason(), trail));
    }

    private void write(Object line) {
        out.send(json.writeValueAsString(line) + "\n");
    }
}
