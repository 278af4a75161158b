package dev.polyphony.providers.chat;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes a reply on and notes when its first piece was heard. Until then nothing was told, and another provider may be asked
 * in its place.
 */
public final class FirstToken implements ReplyListener {
    private final ReplyListener listener;
    private final LongSupplier nanos;
    private final long start;
    private @Nullable Duration after;

    /** @param nanos nanoseconds that only ever grow; counting begins now */
    public FirstToken(ReplyListener listener, LongSupplier nanos) {
        this.listener = listener;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /** How long it took; null when nothing has been heard. */
    public @Nullable Duration after() {
        return after;
    }

    @Override
    public void onText(String piece) {
        note();
        listener.onText(piece);
    }

    @Override
    public void onToolCall(ToolCall call) {
        note();
        listener.onToolCall(call);
    }

    private void note() {
        if (after == null) {
            after = Duration.ofNanos(nanos.getAsLong() - start);
        }
    }
}
