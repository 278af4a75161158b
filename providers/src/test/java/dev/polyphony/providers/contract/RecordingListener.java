package dev.polyphony.providers.contract;

import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it hears. */
public class RecordingListener implements ReplyListener {
    private final List<String> pieces = new ArrayList<>();
    private final List<ToolCall> calls = new ArrayList<>();

    @Override
    public void onText(String piece) {
        pieces.add(piece);
    }

    @Override
    public void onToolCall(ToolCall call) {
        calls.add(call);
    }

    public List<String> pieces() {
        return pieces;
    }

    public String text() {
        return String.join("", pieces);
    }

    public List<ToolCall> calls() {
        return calls;
    }
}
