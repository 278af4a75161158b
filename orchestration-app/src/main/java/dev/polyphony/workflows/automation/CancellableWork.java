package dev.polyphony.workflows.automation;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work that another thread may cancel. Only the work itself is interrupted, never what its thread does before or after. */
final class CancellableWork {
    private @Nullable Thread worker;
    private boolean cancelled;

    /** Returns at once; the work ends as soon as it notices. */
    synchronized void cancel() {
        cancelled = true;
        if (worker != null) {
            worker.interrupt();
        }
    }

    /**
     * Does the work on the calling thread.
     *
     * @return empty when it was cancelled, before or meanwhile: however it ended, nobody wants the result
     */
    <T> Optional<T> perform(Supplier<T> work) {
        if (!begin()) {
            return Optional.empty();
        }
        try {
            T result = work.get();
            return end() ? Optional.of(result) : Optional.empty();
        } catch (Throwable failure) {
            if (end()) {
                throw failure;
            }
            return Optional.empty();
        }
    }

    private synchronized boolean begin() {
        worker = cancelled ? null : Thread.currentThread();
        return !cancelled;
    }

    /** Whether anybody wants the result. */
    private synchronized boolean end() {
        worker = null;
        boolean _ = cancelled && Thread.interrupted();
        return !cancelled;
    }
}
