package dev.polyphony.eventstore.log;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** The events of one unit of work on their way into the history: all of them or none. */
final class Append {
    private enum Stage {
        WAITING,
        WRITING,
        GIVEN_UP
    }

    private final List<EventContent> events;
    private final List<byte[]> digests;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private final CompletableFuture<Long> lastPosition = new CompletableFuture<>();

    /** @throws IllegalArgumentException when there are no events */
    Append(List<EventContent> events) {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a unit without events cannot be appended: give it at least one");
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

    /** False when it has its answer, or its caller has gone. */
    boolean isWanted() {
        return stage.get() != Stage.GIVEN_UP && !lastPosition.isDone();
    }

    /** The writer is about to write it; false when it need not. */
    boolean take() {
        return stage.updateAndGet(now -> now == Stage.WAITING ? Stage.WRITING : now) == Stage.WRITING
                && !lastPosition.isDone();
    }

    /** What the writer tried has certainly written nothing. */
    void untouched() {
        stage.compareAndSet(Stage.WRITING, Stage.WAITING);
    }

    boolean isFirst(StoredEvent event) {
        return events.getFirst().equals(event.content());
    }

    void stored(long position) {
        lastPosition.complete(position);
    }

    void failed(Throwable failure) {
        lastPosition.completeExceptionally(failure);
    }

    /**
     * Waits until the events are durable.
     *
     * @return the position of the last of them
     * @throws SequenceTaken when another unit was first
     * @throws LogUnavailable when the patience ends
     */
    long await(Duration patience) {
        try {
            return lastPosition.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return giveUp();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return giveUp();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new CompletionException(failed.getCause());
        }
    }

    private long giveUp() {
        Stage left = stage.getAndSet(Stage.GIVEN_UP);
        if (lastPosition.state() == Future.State.SUCCESS) {
            return lastPosition.resultNow();
        }
        throw left == Stage.WAITING ? LogUnavailable.nothingWritten() : LogUnavailable.unknown();
    }
}
