package dev.polyphony.identity.monitoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Decides which alerts of a minute become events of their own, and counts the others, so that nobody can fill the disk. Safe for
 * several threads.
 */
final class AlertSampler {
    /** Events of their own in a minute, of one type, tenant and source. */
    static final int SINGLES = 5;

    /** The same of all together. */
    static final int MAX_SINGLES = 30;

    /** Counts that are written at the end of a minute, by source; then by tenant. What is left is written by type. */
    static final int MAX_COUNTS = 15;

    /** How many are told apart within a minute; more are counted by tenant, and then by type. */
    static final int MAX_SOURCES = 10_000;

    private final Map<AlertKind, Seen> seen = new HashMap<>();
    private int singles;

    private static final class Seen {
        private int singles;
        private long counted;
    }

    /** Alerts that were counted and not written. */
    record Count(AlertKind kind, long count) {}

    /** Returns whether it becomes an event of its own. */
    synchronized boolean admit(AlertKind kind) {
        Seen before = seen.computeIfAbsent(withinBounds(kind), _ -> new Seen());
        if (before.singles < SINGLES && singles < MAX_SINGLES) {
            before.singles++;
            singles++;
            return true;
        }
        before.counted++;
        return false;
    }

    private AlertKind withinBounds(AlertKind kind) {
        if (seen.size() < MAX_SOURCES || seen.containsKey(kind)) {
            return kind;
        }
        AlertKind anySource = kind.ofAnySource();
        return seen.size() < 2 * MAX_SOURCES || seen.containsKey(anySource) ? anySource : kind.ofAnyTenant();
    }

    /** Ends the minute: what was counted in it, the most frequent first and on their own. */
    synchronized List<Count> endMinute() {
        List<Count> counts = seen.entrySet().stream()
                .filter(entry -> entry.getValue().counted > 0)
                .map(entry -> new Count(entry.getKey(), entry.getValue().counted))
                .toList();
        seen.clear();
        singles = 0;
        return bounded(counts);
    }

    private static List<Count> bounded(List<Count> counts) {
        List<Count> all = new ArrayList<>();
        List<Count> rest = split(counts, all);
        rest = split(merged(rest, AlertKind::ofAnySource), all);
        all.addAll(merged(rest, AlertKind::ofAnyTenant));
        return all;
    }

    /** Adds the most frequent ones and returns the others. */
    private static List<Count> split(List<Count> counts, List<Count> first) {
        List<Count> sorted = counts.stream()
                .sorted(Comparator.comparingLong(Count::count).reversed())
                .toList();
        int own = Math.min(MAX_COUNTS, sorted.size());
        first.addAll(sorted.subList(0, own));
        return sorted.subList(own, sorted.size());
    }

    private static List<Count> merged(List<Count> counts, UnaryOperator<AlertKind> together) {
        Map<AlertKind, Long> sums = new LinkedHashMap<>();
        counts.forEach(count -> sums.merge(together.apply(count.kind()), count.count(), Long::sum));
        return sums.entrySet().stream()
                .map(sum -> new Count(sum.getKey(), sum.getValue()))
                .toList();
    }
}
