package dev.polyphony.identity.limits;

import java.time.Instant;

/** What all nodes together have left of each limit: one token is the right to one request. */
public interface SharedTokens {
    /**
     * Takes tokens for the window that is going on.
     *
     * @param owner whose limit it is
     * @param most how many are wanted
     */
    Lease lease(String owner, RateLimit limit, long most);

    /** Deletes what is full again. Returns how many. */
    int deleteFull(int most);

    /**
     * Tokens that one node may give out.
     *
     * @param tokens as many as were wanted, or fewer when there were no more
     * @param left how many are there for others
     * @param until when the window is over, and the tokens with it
     */
    record Lease(long tokens, long left, Instant until) {}
}
