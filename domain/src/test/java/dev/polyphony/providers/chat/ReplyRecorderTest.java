package dev.polyphony.providers.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReplyRecorderTest {
    private final AtomicLong nanos = new AtomicLong(100);
    private final List<String> heard = new ArrayList<>();
    private final ReplyRecorder recorder = new ReplyRecorder(
            new ReplyListener() {
                @Override
                public void onText(String piece) {
                    heard.add(piece);
                }

                @Override
                public void onToolCall(ToolCall call) {
                    heard.add(call.tool());
                }
            },
            nanos::get);

    @Test
    void knowsThatNothingWasHeard() {
        nanos.set(200);

        assertThat(recorder.firstToken()).isNull();
    }

    @Test
    void notesTheFirstPieceOnlyAndPassesAllOn() {
        nanos.set(130);
        recorder.onText("a");
        nanos.set(190);
        recorder.onText("b");
        recorder.onToolCall(new ToolCall("1", "time", "{}"));

        assertThat(recorder.firstToken()).isEqualTo(Duration.ofNanos(30));
        assertThat(heard).containsExactly("a", "b", "time");
        assertThat(recorder.text()).isEqualTo("ab");
        assertThat(recorder.calls()).extracting(ToolCall::tool).containsExactly("time");
        assertThat(recorder.characters()).isEqualTo("ab".length() + "time".length() + "{}".length());
    }

    @Test
    void countsAToolCallAsAPiece() {
        nanos.set(140);
        recorder.onToolCall(new ToolCall("1", "time", "{}"));

        assertThat(recorder.firstToken()).isEqualTo(Duration.ofNanos(40));
    }

    @Test
    void keepsWhatTheListenerThrew() {
        RuntimeException gone = new IllegalStateException("the client has gone");
        ReplyRecorder failing = new ReplyRecorder(
                new ReplyListener() {
                    @Override
                    public void onText(String piece) {
                        throw gone;
                    }

                    @Override
                    public void onToolCall(ToolCall call) {}
                },
                nanos::get);

        assertThatThrownBy(() -> failing.onText("a")).isSameAs(gone);
        assertThat(failing.thrown()).isSameAs(gone);
        assertThat(failing.hasBegun()).isTrue();
    }
}
