package dev.polyphony.providers.resilience;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** So many calls at once, and a short queue for some more. A free slot goes to the caller with the fewest calls running, then in turn. */
final class CallSlots {
    private final int slots;
    private final int places;
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, Deque<Waiter>> waiting = new LinkedHashMap<>();
    private int taken;
    private int queued;

    /** @param places in the queue, of all callers together */
    CallSlots(int slots, int places) {
        this.slots = slots;
        this.places = places;
    }

    private static final class Waiter {
        private final CountDownLatch decided = new CountDownLatch(1);
        private boolean granted;
    }

    /** Without waiting, and not before those who wait. */
    synchronized boolean tryTake(String caller) {
        boolean free = taken < slots && queued == 0;
        if (free) {
            occupy(caller);
        }
        return free;
    }

    boolean take(String caller, Duration maxWait) throws InterruptedException {
        if (tryTake(caller)) {
            return true;
        }
        Waiter waiter = new Waiter();
        if (!maxWait.isPositive() || !enqueue(caller, waiter)) {
            return false;
        }
        try {
            var _ = waiter.decided.await(maxWait.toNanos(), TimeUnit.NANOSECONDS);
            return leave(caller, waiter);
        } catch (InterruptedException e) {
            if (leave(caller, waiter)) {
                release(caller);
            }
            throw e;
        }
    }

    /** When all places are taken, the caller with the most of them gives one up for a caller with fewer. */
    private synchronized boolean enqueue(String caller, Waiter waiter) {
        if (queued >= places) {
            Map.Entry<String, Deque<Waiter>> longest = waiting.entrySet().stream()
                    .max(Comparator.comparingInt(entry -> entry.getValue().size()))
                    .orElse(null);
            int own = waiting.getOrDefault(caller, new ArrayDeque<>()).size();
            if (longest == null || longest.getValue().size() <= own + 1) {
                return false;
            }
            Waiter last = longest.getValue().getLast();
            remove(longest.getKey(), last);
            last.decided.countDown();
        }
        waiting.computeIfAbsent(caller, _ -> new ArrayDeque<>()).addLast(waiter);
        queued++;
        grant();
        return true;
    }

    private synchronized boolean leave(String caller, Waiter waiter) {
        if (!waiter.granted) {
            remove(caller, waiter);
        }
        return waiter.granted;
    }

    private void remove(String caller, Waiter waiter) {
        Deque<Waiter> own = waiting.get(caller);
        if (own != null && own.remove(waiter)) {
            queued--;
            if (own.isEmpty()) {
                waiting.remove(caller);
            }
        }
    }

    synchronized void release(String caller) {
        taken--;
        running.computeIfPresent(caller, (_, calls) -> calls == 1 ? null : Integer.valueOf(calls - 1));
        grant();
    }

    private void grant() {
        while (taken < slots && queued > 0) {
            String next = waiting.keySet().stream()
                    .min(Comparator.comparingInt(caller -> running.getOrDefault(caller, 0)))
                    .orElseThrow();
            Deque<Waiter> own = Objects.requireNonNull(waiting.remove(next));
            Waiter waiter = own.removeFirst();
            queued--;
            if (!own.isEmpty()) {
                waiting.put(next, own);
            }
            occupy(next);
            waiter.granted = true;
            waiter.decided.countDown();
        }
    }

    private void occupy(String caller) {
        taken++;
        running.merge(caller, 1, Integer::sum);
    }

    synchronized int taken() {
        return taken;
    }

    synchronized int queued() {
        return queued;
    }
}
