package dev.polyphony.identity.idempotency;

import java.time.Duration;
import java.util.Collection;

/** The requests of the last day that had a key, shared by all nodes: each is done by one of them at a time. */
public interface IdempotentRequests {
    /**
     * Asks for the right to do a request. A try that was neither answered nor extended within the lease is given to the next who asks.
     *
     * @param body with whatever else has to be equal for the request to be the same
     */
    Claim claim(RequestKey request, byte[] body, Duration lease);

    /** Keeps the answer. Changes nothing when the attempt was given to another one meanwhile. */
    void answer(Attempt attempt, StoredAnswer answer);

    /** The request is not done, but part of its effect may be there: whoever asks next repeats it. */
    void giveUp(Attempt attempt);

    /** The request was refused before it had an effect: the key is free again. */
    void forget(Attempt attempt);

    /** These attempts go on. */
    void extend(Collection<Attempt> attempts, Duration lease);

    /** Deletes requests whose time is over. Returns how many. */
    int deleteExpired(int most);
}
