package dev.polyphony.identity.limits;

import dev.polyphony.identity.limits.LeasedTokens.Taken;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts requests against limits that all nodes share. A request counts against all of its limits or against none. */
public final class RateLimiter {
    private final SharedTokens shared;
    private final Clock clock;
    private final ConcurrentMap<Key, LeasedTokens> tokens = new ConcurrentHashMap<>();

    private record Key(String owner, RateLimit limit) {}

    private record Use(RateLimit limit, LeasedTokens tokens, Taken taken) {}

    public RateLimiter(SharedTokens shared, Clock clock) {
        this.shared = shared;
        this.clock = clock;
    }

    /** The time that limits go by. */
    public Instant now() {
        return clock.instant();
    }

    /**
     * How a request was decided.
     *
     * @param limit the first of its limits, or the one that refused it: the one that is over last, where there are several
     * @param left how many more requests there are in that limit's window
     * @param until when that window is over
     */
    public record Decision(boolean allowed, RateLimit limit, long left, Instant until) {}

    /**
     * Counts a request.
     *
     * @param owner whose limits they are
     * @param limits at least one; the first is the one that an allowed request is told
     */
    public Decision take(String owner, List<RateLimit> limits) {
        Instant now = clock.instant();
        List<Use> uses = new ArrayList<>(limits.size());
        Use refused = null;
        for (RateLimit limit : limits) {
            LeasedTokens leased = tokens.computeIfAbsent(
                    new Key(owner, limit), key -> new LeasedTokens(key.owner(), key.limit(), shared));
            Use use = new Use(limit, leased, leased.take(now));
            uses.add(use);
            if (!use.taken().granted()
                    && (refused == null
                            || use.taken().until().isAfter(refused.taken().until()))) {
                refused = use;
            }
        }
        if (refused == null) {
            return decision(uses.getFirst());
        }
        for (Use use : uses) {
            if (use.taken().granted()) {
                use.tokens().giveBack(use.taken());
            }
        }
        return decision(refused);
    }

    private static Decision decision(Use use) {
        Taken taken = use.taken();
        return new Decision(taken.granted(), use.limit(), taken.left(), taken.until());
    }

    /** Forgets what is over on this node. */
    public void sweep() {
        Instant now = clock.instant();
        tokens.values().removeIf(leased -> leased.isOver(now));
    }
}
