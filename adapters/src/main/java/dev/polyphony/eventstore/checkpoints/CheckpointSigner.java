package dev.polyphony.eventstore.checkpoints;

import dev.polyphony.eventstore.log.StoredEvent;
import dev.polyphony.eventstore.log.StoredHash;
import java.io.IOException;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs what this node has written, now and then and when it ends, on a thread of its own: whoever writes never waits for it
 * and never fails because of it.
 */
public final class CheckpointSigner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointSigner.class);
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final CheckpointFile file;
    private final PrivateKey key;
    private final int interval;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
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
        this.thread = Thread.ofVirtual().name("checkpoint-signer").start(this::run);
    }

    /** Takes note of what was written; fast. */
    public void written(List<StoredEvent> events) {
        StoredEvent last = events.getLast();
        StoredHash stored = StoredHash.of(last.position(), last.hash());
        newest = stored;
        if (isDue(stored)) {
            LockSupport.unpark(thread);
        }
    }

    /** A history that is shorter than what was signed is another one, such as a restored copy: it is signed anew at once. */
    private boolean isDue(StoredHash stored) {
        long unsigned = stored.position() - signed;
        return unsigned >= interval || unsigned < 0;
    }

    private void run() {
        while (closing.getCount() > 0) {
            StoredHash next = newest;
            if (next == null || !isDue(next)) {
                LockSupport.park(this);
            } else if (!sign(next)) {
                pause();
            }
        }
        StoredHash last = newest;
        if (last != null && last.position() != signed) {
            sign(last);
        }
    }

    private boolean sign(StoredHash stored) {
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

    private void pause() {
        try {
            boolean ends = closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
            LOG.debug("tries again, for the last time: {}", ends);
        } catch (InterruptedException _) {
            LOG.debug("the signer was interrupted: it tries again at once");
        }
    }

    /** Signs the last event that was written, and ends. */
    @Override
    public void close() {
        closing.countDown();
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
