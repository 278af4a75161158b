package dev.polyphony.providers.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FirstTokenTest {
    private final AtomicLong nanos = new AtomicLong(100);
    private final List<String> heard = new ArrayList<>();
    private final FirstToken token = new FirstToken(
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

        assertThat(token.after()).isNull();
    }

    @Test
    void notesTheFirstPieceOnlyAndPassesAllOn() {
        nanos.set(130);
        token.onText("a");
        nanos.set(190);
        token.onText("b");
        token.onToolCall(new ToolCall("1", "time", "{}"));

        assertThat(token.after()).isEqualTo(Duration.ofNanos(30));
        assertThat(heard).containsExactly("a", "b", "time");
    }

    @Test
    void countsAToolCallAsAPiece() {
        nanos.set(140);
        token.onToolCall(new ToolCall("1", "time", "{}"));

        assertThat(token.after()).isEqualTo(Duration.ofNanos(40));
    }
}
