package dev.polyphony.inspection.tree.files;

import static dev.polyphony.inspection.SourceProblem.REPOSITORY_TOO_LARGE;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/** When an inspection must have ended, on the clock that nobody sets. */
public final class Deadline {
    private final Duration allowed;
    private final long end;

    private Deadline(Duration allowed) {
        this.allowed = allowed;
        this.end = System.nanoTime() + allowed.toNanos();
    }

    public static Deadline in(Duration allowed) {
        return new Deadline(allowed);
    }

    public Duration allowed() {
        return allowed;
    }

    public boolean passed() {
        return end - System.nanoTime() <= 0;
    }

    /** At least a millisecond, because zero means "for ever" to most clients. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
    }

    /** Refuses to go on once the time is used up, or when whoever asked wants the result no more. */
    public void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The inspection was cancelled.");
        }
        if (passed()) {
            throw REPOSITORY_TOO_LARGE.because("The repository could not be read within " + allowed.toSeconds()
                    + " seconds; inspect a part of it by naming a folder.");
        }
    }
}
