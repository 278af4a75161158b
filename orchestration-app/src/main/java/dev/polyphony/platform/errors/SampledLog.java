package dev.polyphony.platform.errors;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/** Logs the first few of many failures alike in full, then how many more there were: a fault of all requests fills no disk. */
public final class SampledLog {
    static final int MOST = 20;
    private static final long PERIOD_NANOS = 60_000_000_000L;

    private final Logger log;
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong since = new AtomicLong(System.nanoTime());

    public SampledLog(Logger log) {
        this.log = log;
    }

    /** @param arguments those of the sentence, then the failure when its trace is to be logged */
    public void warn(String sentence, Object... arguments) {
        if (isDue()) {
            log.warn(sentence, arguments);
        }
    }

    void error(String sentence, Object... arguments) {
        if (isDue()) {
            log.error(sentence, arguments);
        }
    }

    private boolean isDue() {
        long now = System.nanoTime();
        long start = since.get();
        if (now - start > PERIOD_NANOS && since.compareAndSet(start, now)) {
            long unlogged = seen.getAndSet(0) - MOST;
            if (unlogged > 0) {
                log.warn("{} more requests failed like those before and were not logged", unlogged);
            }
        }
        return seen.incrementAndGet() <= MOST;
    }
}
