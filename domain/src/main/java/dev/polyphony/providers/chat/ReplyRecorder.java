package dev.polyphony.providers.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes a streamed reply on and records it: what was told, when the first piece came, and what the listener threw. Until the first
 * piece nothing was told, and another provider may be asked in its place. Used on one thread.
 */
public final class ReplyRecorder implements ReplyListener {
    private final ReplyListener listener;
    private final LongSupplier nanos;
    private final long start;
    private final StringBuilder text = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();
    private @Nullable Duration firstToken;
    private @Nullable RuntimeException thrown;

    /** @param nanos nanoseconds that only ever grow; counting begins now */
    public ReplyRecorder(ReplyListener listener, LongSupplier nanos) {
        this.listener = listener;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    @Override
    public void onText(String piece) {
        text.append(piece);
        pass(() -> listener.onText(piece));
    }

    @Override
    public void onToolCall(ToolCall call) {
        calls.add(call);
        pass(() -> listener.onToolCall(call));
    }

    private void pass(Runnable piece) {
        if (firstToken == null) {
            firstToken = Duration.ofNanos(nanos.getAsLong() - start);
        }
        try {
            piece.run();
        } catch (RuntimeException e) {
            thrown = e;
            throw e;
        }
    }

    public String text() {
        return text.toString();
    }

    public List<ToolCall> calls() {
        return List.copyOf(calls);
    }

    /** The characters of the text and of the tool calls. */
    public int characters() {
        return text.length() + calls.stream().mapToInt(ToolCall::length).sum();
    }

    /** How long the first piece took; null when nothing has come. */
    public @Nullable Duration firstToken() {
        return firstToken;
    }

    /** Whether anything was told. */
    public boolean hasBegun() {
        return firstToken != null;
    }

    /** What the listener threw, which is the caller's matter and no failure of the provider; null when it threw nothing. */
    public @Nullable RuntimeException thrown() {
        return thrown;
    }
}
