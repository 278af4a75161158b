package dev.polyphony.providers.resilience;

import java.util.HashSet;
import java.util.Set;

/** The failures since the last success, and whether they come from more than one request or caller. */
final class FailureStreak {
    private final int threshold;
    private final Set<String> callers = new HashSet<>();
    private final Set<CallOrigin> requests = new HashSet<>();
    private int failures;

    /** @param threshold that many failures say something about the provider */
    FailureStreak(int threshold) {
        this.threshold = threshold;
    }

    /** Returns whether the failure is of a request that had not failed before. */
    synchronized boolean add(CallOrigin origin) {
        failures++;
        if (callers.size() < threshold) {
            callers.add(origin.caller());
        }
        return requests.size() < threshold ? requests.add(origin) : !requests.contains(origin);
    }

    /** Enough failures, and of two callers or of as many requests: a request that is poison to a vendor fails for its caller alone. */
    synchronized boolean tells() {
        return failures >= threshold && (callers.size() > 1 || requests.size() >= threshold);
    }

    synchronized void clear() {
        failures = 0;
        callers.clear();
        requests.clear();
    }

    synchronized int failures() {
        return failures;
    }
}
