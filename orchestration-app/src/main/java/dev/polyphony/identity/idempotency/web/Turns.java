package dev.polyphony.identity.idempotency.web;

import dev.polyphony.identity.idempotency.RequestKey;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Requests of this node with the same key take turns, so that only one of them asks the database. */
final class Turns {
    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
    }

    private final ConcurrentMap<RequestKey, Turn> turns = new ConcurrentHashMap<>();

    /** Waits no longer than that. Returns whether it is the caller's turn; then it has to be ended. */
    boolean begin(RequestKey request, Duration timeout) {
        Turn turn = turns.compute(request, (_, known) -> join(known));
        boolean begun = false;
        try {
            begun = turn.lock.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            if (!begun) {
                leave(request);
            }
        }
        return begun;
    }

    private static Turn join(@Nullable Turn known) {
        Turn turn = known == null ? new Turn() : known;
        turn.users++;
        return turn;
    }

    void end(RequestKey request) {
        turns.computeIfPresent(request, (_, turn) -> {
            turn.lock.unlock();
            return turn;
        });
        leave(request);
    }

    private void leave(RequestKey request) {
        turns.computeIfPresent(request, (_, turn) -> --turn.users == 0 ? null : turn);
    }
}
