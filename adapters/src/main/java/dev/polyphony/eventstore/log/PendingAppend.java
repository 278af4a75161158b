package dev.polyphony.eventstore.log;

import dev.polyphony.eventstore.chain.EventContent;
import dev.polyphony.eventstore.chain.HashChain;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** The events of one unit of work on their way into the history: all of them or none. */
final class PendingAppend {
    private enum Stage {
        /** Certainly nothing of it is stored. */
        WAITING,
        /** Under way to the database. */
        WRITING,
        /** Was under way when the connection was lost. */
        IN_DOUBT,
        ABANDONED
    }

    private final List<EventContent> events;
    private final List<byte[]> digests;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private final CompletableFuture<Long> lastPosition = new CompletableFuture<>();

    /** @throws IllegalArgumentException when there are no events */
    PendingAppend(List<EventContent> events) {
        if (events.isEmpty()) {
            throw new IllegalArgumentException(
                    "a unit of work without events cannot be appended: give it at least one");
        }
        this.events = List.copyOf(events);
        this.digests = events.stream().map(HashChain::digest).toList();
    }

    List<EventContent> events() {
        return events;
    }

    List<byte[]> digests() {
        return digests;
    }

    /** False when it has its answer. */
    boolean isWanted() {
        return !lastPosition.isDone();
    }

    /** The writer is about to write it; false when it need not. */
    boolean beginWriting() {
        Stage now = stage.updateAndGet(before -> before == Stage.WAITING ? Stage.WRITING : before);
        return now != Stage.ABANDONED && isWanted();
    }

    /** What the writer tried has certainly written nothing; what it tried before may have. */
    void markNotWritten() {
        stage.compareAndSet(Stage.WRITING, Stage.WAITING);
    }

    /** What the writer tried may have written it. */
    void markInDoubt() {
        stage.compareAndSet(Stage.WRITING, Stage.IN_DOUBT);
    }

    boolean isInDoubt() {
        return stage.get() == Stage.IN_DOUBT;
    }

    void stored(long position) {
        lastPosition.complete(position);
    }

    void failed(Throwable failure) {
        lastPosition.completeExceptionally(failure);
    }

    /** Nobody goes on with it. An answer that it has already stands. */
    void abandon() {
        Stage left = stage.getAndSet(Stage.ABANDONED);
        failed(left == Stage.WAITING ? LogUnavailable.nothingWritten() : LogUnavailable.unknown());
    }

    /**
     * Waits until the events are durable.
     *
     * @return the position of the last of them
     * @throws SequenceConflict when another unit of work was first
     * @throws LogUnavailable when the timeout is over
     */
    long await(Duration timeout) {
        try {
            return lastPosition.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException late) {
            abandon();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            abandon();
        }
        return answer();
    }

    private long answer() {
        try {
            return lastPosition.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException failure ? failure : failed;
        }
    }
}
