package dev.polyphony.identity.limits;

import dev.polyphony.identity.limits.SharedTokens.Lease;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one limit that this node may give out without asking. It leases few at first and twice as many each time, but never
 * more than a tenth of what is left: a busy node asks seldom, and an idle one keeps little from the others.
 */
final class LeasedTokens {
    private static final long FIRST_LEASE = 4;
    private static final long MAX_LEASE = 10_000;
    private static final int SHARE = 10;

    private final String owner;
    private final RateLimit limit;
    private final SharedTokens shared;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Lease lease;
    private long tokens;
    private long wanted = FIRST_LEASE;

    LeasedTokens(String owner, RateLimit limit, SharedTokens shared) {
        this.owner = owner;
        this.limit = limit;
        this.shared = shared;
    }

    /** One token, or when there will be one. */
    Taken take(Instant now) {
        lock.lock();
        try {
            Lease current = current(now);
            if (tokens == 0) {
                return new Taken(false, 0, current.until());
            }
            tokens--;
            return new Taken(true, current.left() + tokens, current.until());
        } finally {
            lock.unlock();
        }
    }

    /** @param left how many there are for later requests */
    record Taken(boolean granted, long left, Instant until) {}

    /** The token was not used after all. It is lost when its window is over. */
    void giveBack(Taken unused) {
        lock.lock();
        try {
            if (lease != null && lease.until().equals(unused.until())) {
                tokens++;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing is left to be known of it. One that is being asked for is not over. */
    boolean isOver(Instant now) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            return lease != null && !now.isBefore(lease.until());
        } finally {
            lock.unlock();
        }
    }

    private Lease current(Instant now) {
        Lease known = lease;
        boolean sameWindow = known != null && now.isBefore(known.until());
        if (known != null && sameWindow && (tokens > 0 || known.left() == 0)) {
            return known;
        }
        if (!sameWindow) {
            wanted = FIRST_LEASE;
        }
        long left = known != null && sameWindow ? known.left() : limit.requests();
        Lease next = shared.lease(owner, limit, Math.max(1, Math.min(wanted, left / SHARE)));
        wanted = Math.min(wanted * 2, MAX_LEASE);
        tokens = next.tokens();
        lease = next;
        return next;
    }
}
