package dev.polyphony.webhooks.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long to wait after which attempt, and when to stop. Safe to share between threads. */
public final class RetrySchedule {
    /** What Standard Webhooks suggests: eleven attempts over three days. */
    public static final List<Duration> STANDARD = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private static final double MAX_JITTER = 0.1;

    private final List<Duration> waits;
    private final RandomGenerator jitter;

    /**
     * @param waits the wait after the first attempt, after the second, …; there is one attempt more than waits
     * @param jitter spreads the waits by up to 10 %, so that receivers are not hit in step
     */
    public RetrySchedule(List<Duration> waits, RandomGenerator jitter) {
        this.waits = List.copyOf(waits);
        this.jitter = jitter;
        this.waits.stream().filter(wait -> !wait.isPositive()).findFirst().ifPresent(wait -> {
            throw new IllegalArgumentException("a wait between attempts is longer than nothing, not " + wait);
        });
    }

    /**
     * @param attempt the attempt that failed, counted from 1
     * @param askedFor how long the receiver wants to be left alone; honoured when it is longer
     * @return empty when that was the last attempt
     */
    Optional<Duration> waitAfter(int attempt, Duration askedFor) {
        if (attempt > waits.size()) {
            return Optional.empty();
        }
        Duration planned = jittered(waits.get(attempt - 1));
        return Optional.of(planned.compareTo(askedFor) < 0 ? askedFor : planned);
    }

    private synchronized Duration jittered(Duration wait) {
        return wait.plusMillis((long) (wait.toMillis() * MAX_JITTER * jitter.nextDouble()));
    }
}
