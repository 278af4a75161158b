package dev.polyphony.eventstore.checkpoints;

import dev.polyphony.eventstore.chain.StoredEvent;
import dev.polyphony.eventstore.chain.StoredHash;
import java.io.IOException;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs what this node has written: after so many events, after so long, and when it ends, on a thread of its own. Whoever
 * writes never waits for it and never fails because of it. Nodes that share a file take what another one has signed for theirs,
 * except that so many events of their own are always signed.
 */
public final class CheckpointSigner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointSigner.class);
    private static final int RETRY_SECONDS = 10;
    private static final int CLOSE_TIMEOUT_SECONDS = 5;

    private final CheckpointFile file;
    private final PrivateKey key;
    private final int interval;
    private final Duration maxDelay;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("checkpoint-signer").daemon().factory());
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean timed = new AtomicBoolean();
    private volatile @Nullable Written newest;
    private volatile long signed;
    private volatile Instant signedAt;

    /**
     * @param interval how many positions lie between two checkpoints, at least 1
     * @param maxDelay how long an event waits for a checkpoint when there are fewer
     * @throws IOException when the checkpoints that are there already cannot be read
     */
    public CheckpointSigner(CheckpointFile file, PrivateKey key, int interval, Duration maxDelay, Clock clock)
            throws IOException {
        this.file = file;
        this.key = key;
        this.interval = interval;
        this.maxDelay = maxDelay;
        this.clock = clock;
        List<Checkpoint> before = file.read();
        this.signed = before.isEmpty() ? 0 : before.getLast().position();
        this.signedAt = before.stream()
                .map(Checkpoint::time)
                .max(Comparator.naturalOrder())
                .orElseGet(this::now);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Takes note of what was written; fast. */
    public void written(List<StoredEvent> events) {
        StoredEvent last = events.getLast();
        StoredHash stored = StoredHash.of(last.position(), last.hash());
        newest = new Written(stored, now());
        if (!isDue(stored)) {
            wake();
        } else if (busy.compareAndSet(false, true)) {
            thread.execute(() -> signUntilDone(_ -> false));
        }
    }

    /** A history that is shorter than what was signed is another one, such as a restored copy: it is signed anew at once. */
    private boolean isDue(StoredHash stored) {
        long unsigned = stored.position() - signed;
        return unsigned >= interval || unsigned < 0;
    }

    /** Has the thread look again when the newest checkpoint is old enough. */
    private void wake() {
        if (timed.compareAndSet(false, true)) {
            Future<?> _ = thread.schedule(this::signInTime, untilOld().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** A checkpoint of the future is the word of a clock that was set back since: it counts as old. */
    private Duration untilOld() {
        Duration age = Duration.between(signedAt, clock.instant());
        return age.isNegative() || age.compareTo(maxDelay) >= 0 ? Duration.ZERO : maxDelay.minus(age);
    }

    private void signInTime() {
        timed.set(false);
        if (!isUnsigned()) {
            return;
        }
        if (untilOld().isPositive()) {
            wake();
        } else if (busy.compareAndSet(false, true)) {
            signUntilDone(this::isRecent);
        }
    }

    private boolean isRecent(Checkpoint checkpoint) {
        Instant now = now();
        return !checkpoint.time().isAfter(now)
                && checkpoint.time().plus(maxDelay).isAfter(now);
    }

    private void signUntilDone(Predicate<Checkpoint> suffices) {
        if (signNewest(suffices)) {
            busy.set(false);
            if (isUnsigned()) {
                wake();
            }
        } else {
            Future<?> _ = thread.schedule(() -> signUntilDone(suffices), RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private boolean isUnsigned() {
        Written last = newest;
        return last != null && last.stored().position() != signed;
    }

    /** @param suffices tells whether a checkpoint of another node makes this one superfluous for now */
    private boolean signNewest(Predicate<Checkpoint> suffices) {
        Written last = newest;
        if (last == null || last.stored().position() == signed) {
            return true;
        }
        try {
            Checkpoint own = Checkpoint.sign(last.stored(), now(), key);
            Optional<Checkpoint> other = file.appendUnless(suffices, own);
            signedAt = other.orElse(own).time();
            if (other.isEmpty() || other.filter(last::isCoveredBy).isPresent()) {
                signed = last.stored().position();
            }
            return true;
        } catch (IOException | RuntimeException failure) {
            LOG.error(
                    "The checkpoint of event {} cannot be written to {}. Until it can, nothing outside the database"
                        + " vouches for the events after {}. Make the file writable again; the server goes on trying.",
                    last.stored().position(),
                    file.path(),
                    signed,
                    failure);
            return false;
        }
    }

    /** Signs the last event that was written, and ends. */
    @Override
    public void close() {
        try {
            thread.submit(() -> signNewest(this::covers)).get(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unsigned) {
            LOG.error("the newest events after {} stay without a checkpoint", signed, unsigned);
        } finally {
            thread.shutdownNow();
        }
    }

    private boolean covers(Checkpoint checkpoint) {
        Written last = newest;
        return last != null && last.isCoveredBy(checkpoint);
    }

    /** @param time when this node heard of it */
    private record Written(StoredHash stored, Instant time) {
        /** What was signed earlier is about a history that was longer then. */
        boolean isCoveredBy(Checkpoint checkpoint) {
            return checkpoint.position() >= stored.position()
                    && !checkpoint.time().isBefore(time);
        }
    }
}
