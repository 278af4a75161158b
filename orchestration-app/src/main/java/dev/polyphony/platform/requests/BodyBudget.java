package dev.polyphony.platform.requests;

import java.util.concurrent.atomic.AtomicLong;

/** What the bodies of all requests that are being answered weigh, in bytes of memory. */
final class BodyBudget {
    private final long limit;
    private final AtomicLong taken;

    BodyBudget(long limit) {
        this(limit, new AtomicLong());
    }

    BodyBudget(long limit, AtomicLong taken) {
        this.limit = limit;
        this.taken = taken;
    }

    /** Takes nothing when there is not as much left. */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= limit) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    /** Whether one body may weigh as much when no other is read. */
    boolean couldHold(long bytes) {
        return bytes <= limit;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }
}
