package dev.polyphony.providers.resilience;

import dev.polyphony.providers.ModelAttempt;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one provider. The window holds its last 100 calls, none of them older than ten minutes; calls that say
 * nothing about the provider are not in it.
 */
public final class Measurements {
    private static final int WINDOW = 100;
    private static final long WINDOW_NANOS = Duration.ofMinutes(10).toNanos();
    private static final int MIN_FOR_P95 = 20;
    private static final double P95 = 0.95;
    private static final double NANOS = 1e9;

    private final LongSupplier nanos;
    private final Deque<Sample> window = new ArrayDeque<>();
    private Totals totals = new Totals(0, 0, 0, null, null, 0, 0, null);

    private record Sample(
            long at, boolean good, Duration took, @Nullable Duration firstToken) {}

    /**
     * Of this node's life.
     *
     * @param calls attempts that ended
     * @param cost null while no call had a cost
     */
    public record Totals(
            long calls,
            long successes,
            long failures,
            @Nullable Instant lastUsedAt,
            @Nullable Instant lastFailureAt,
            long inputTokens,
            long outputTokens,
            @Nullable BigDecimal cost) {}

    /**
     * Of the window; null where there is nothing to say.
     *
     * @param successRate 0 to 1
     * @param meanSeconds of the replies
     */
    public record Recent(
            @Nullable Double successRate, @Nullable Double meanSeconds) {}

    Measurements(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized void began(Instant now) {
        totals = new Totals(
                totals.calls,
                totals.successes,
                totals.failures,
                now,
                totals.lastFailureAt,
                totals.inputTokens,
                totals.outputTokens,
                totals.cost);
    }

    /** @param counts whether a failure is the provider's */
    synchronized void ended(ModelAttempt attempt, boolean counts) {
        boolean good = attempt.outcome().equals(ModelAttempt.OK);
        boolean bad = !good && counts;
        totals = new Totals(
                totals.calls + 1,
                totals.successes + (good ? 1 : 0),
                totals.failures + (bad ? 1 : 0),
                totals.lastUsedAt,
                bad ? attempt.startedAt().plus(attempt.duration()) : totals.lastFailureAt,
                totals.inputTokens + or0(attempt.inputTokens()),
                totals.outputTokens + or0(attempt.outputTokens()),
                plus(totals.cost, attempt.cost()));
        if (good || bad) {
            window.addLast(new Sample(nanos.getAsLong(), good, attempt.duration(), attempt.firstToken()));
            evictOld();
        }
    }

    public synchronized Totals totals() {
        return totals;
    }

    public synchronized Recent recent() {
        evictOld();
        if (window.isEmpty()) {
            return new Recent(null, null);
        }
        long[] took = window.stream()
                .filter(Sample::good)
                .mapToLong(sample -> sample.took().toNanos())
                .toArray();
        double rate = (double) took.length / window.size();
        return new Recent(
                rate, took.length == 0 ? null : Arrays.stream(took).average().orElseThrow() / NANOS);
    }

    /** The time within which 95 % of the replies came whole; null with less than 20 in the window. */
    public @Nullable Duration p95() {
        return p95(Sample::took);
    }

    /** The time within which 95 % of the streams had their first piece; null with less than 20 in the window. */
    public @Nullable Duration p95ToFirstToken() {
        return p95(Sample::firstToken);
    }

    private synchronized @Nullable Duration p95(Function<Sample, @Nullable Duration> time) {
        evictOld();
        long[] sorted = window.stream()
                .filter(Sample::good)
                .map(time)
                .mapToLong(duration -> duration == null ? -1 : duration.toNanos())
                .filter(value -> value >= 0)
                .sorted()
                .toArray();
        return sorted.length < MIN_FOR_P95 ? null : Duration.ofNanos(sorted[(int) Math.ceil(sorted.length * P95) - 1]);
    }

    private void evictOld() {
        long oldest = nanos.getAsLong() - WINDOW_NANOS;
        while (window.size() > WINDOW || (!window.isEmpty() && window.getFirst().at() - oldest < 0)) {
            window.removeFirst();
        }
    }

    private static int or0(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    private static @Nullable BigDecimal plus(@Nullable BigDecimal sum, @Nullable BigDecimal more) {
        return more == null ? sum : sum == null ? more : sum.add(more);
    }
}
