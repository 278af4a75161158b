package dev.polyphony.providers.chat;

/**
 * Hears a reply while it is written, on the thread that asked for it. While it works, nothing more is read from the vendor.
 * An exception that it throws ends the call and comes out of {@code ModelProvider.stream}.
 */
public interface ReplyListener {
    /** The next piece of the text; never empty. */
    void onText(String piece);

    /** A whole tool call. */
    void onToolCall(ToolCall call);
}
