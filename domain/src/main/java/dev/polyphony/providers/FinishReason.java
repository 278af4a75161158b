package dev.polyphony.providers;

import java.util.Locale;

/** Why a model stopped. */
public enum FinishReason {
    /** It had said all, or came to a stop text. */
    STOP,
    /** It came to the limit on tokens. */
    LENGTH,
    /** It wants tools to be called. */
    TOOL_CALLS,
    /** Sentences were selected, none written. */
    EXTRACTED,
    /** The vendor gave no reason, or one that is none of these. */
    OTHER;

    /** As it stands in events and on the wire, such as {@code tool_calls}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
