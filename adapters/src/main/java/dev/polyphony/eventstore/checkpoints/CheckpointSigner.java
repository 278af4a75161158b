package dev.polyphony.eventstore.checkpoints;

import dev.polyphony.eventstore.chain.StoredEvent;
import dev.polyphony.eventstore.chain.StoredHash;
import java.io.IOException;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs what this node has written, now and then and when it ends, on a thread of its own: whoever writes never waits for it
 * and never fails because of it.
 */
public final class CheckpointSigner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointSigner.class);
    private static final int RETRY_SECONDS = 10;
    private static final int CLOSE_TIMEOUT_SECONDS = 5;

    private final CheckpointFile file;
    private final PrivateKey key;
    private final int interval;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("checkpoint-signer").daemon().factory());
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile @Nullable StoredHash newest;
    private volatile long signed;

    /**
     * @param interval how many positions lie between two checkpoints, at least 1
     * @throws IOException when the checkpoints that are there already cannot be read
     */
    public CheckpointSigner(CheckpointFile file, PrivateKey key, int interval, Clock clock) throws IOException {
        this.file = file;
        this.key = key;
        this.interval = interval;
        this.clock = clock;
        List<Checkpoint> before = file.read();
        this.signed = before.isEmpty() ? 0 : before.getLast().position();
    }

    /** Takes note of what was written; fast. */
    public void written(List<StoredEvent> events) {
        StoredEvent last = events.getLast();
        StoredHash stored = StoredHash.of(last.position(), last.hash());
        newest = stored;
        if (isDue(stored) && busy.compareAndSet(false, true)) {
            thread.execute(this::signUntilDone);
        }
    }

    /** A history that is shorter than what was signed is another one, such as a restored copy: it is signed anew at once. */
    private boolean isDue(StoredHash stored) {
        long unsigned = stored.position() - signed;
        return unsigned >= interval || unsigned < 0;
    }

    private void signUntilDone() {
        if (signNewest()) {
            busy.set(false);
        } else {
            Future<?> _ = thread.schedule(this::signUntilDone, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private boolean signNewest() {
        StoredHash stored = newest;
        if (stored == null || stored.position() == signed) {
            return true;
        }
        try {
            file.append(Checkpoint.sign(stored, clock.instant().truncatedTo(ChronoUnit.MILLIS), key));
            signed = stored.position();
            return true;
        } catch (IOException | RuntimeException failure) {
            LOG.error(
                    "The checkpoint of event {} cannot be written to {}. Until it can, nothing outside the database"
                        + " vouches for the events after {}. Make the file writable again; the server goes on trying.",
                    stored.position(),
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
            thread.submit(this::signNewest).get(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unsigned) {
            LOG.error("the newest events after {} stay without a checkpoint", signed, unsigned);
        } finally {
            thread.shutdownNow();
        }
    }
}
