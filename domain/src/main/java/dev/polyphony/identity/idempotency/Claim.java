package dev.polyphony.identity.idempotency;

import org.jspecify.annotations.Nullable;

/** What became of asking for the right to do a request. */
public sealed interface Claim {
    /** It is to be done now. */
    record Granted(Attempt attempt) implements Claim {}

    /** It was done before. */
    record Answered(StoredAnswer answer) implements Claim {}

    /** Another try is being done, perhaps on another node. */
    record InProgress() implements Claim {}

    /**
     * The key came before with another body.
     *
     * @param first how that was answered; null when it is not answered yet
     */
    record OtherBody(@Nullable StoredAnswer first) implements Claim {}
}
