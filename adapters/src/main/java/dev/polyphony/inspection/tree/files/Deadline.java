package dev.polyphony.inspection.tree.files;

import static dev.polyphony.inspection.SourceProblem.REPOSITORY_TOO_LARGE;

import dev.polyphony.inspection.Quantity;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;

/** When an inspection must have ended, on the clock that nobody sets. */
public final class Deadline {
    private final Duration allowed;
    private final LongSupplier clock;
    private final long end;

    private Deadline(Duration allowed, LongSupplier clock) {
        this.allowed = allowed;
        this.clock = clock;
        this.end = clock.getAsLong() + allowed.toNanos();
    }

    public static Deadline in(Duration allowed) {
        return by(allowed, System::nanoTime);
    }

    /** @param clock in nanoseconds from any beginning */
    public static Deadline by(Duration allowed, LongSupplier clock) {
        return new Deadline(allowed, clock);
    }

    public Duration allowed() {
        return allowed;
    }

    public boolean passed() {
        return end - clock.getAsLong() <= 0;
    }

    /** At least a millisecond, because zero means "for ever" to most clients. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(1_000_000, end - clock.getAsLong()));
    }

    /** Refuses to go on once the time is used up, or when whoever asked wants the result no more. */
    public void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The inspection was cancelled.");
        }
        if (passed()) {
            throw REPOSITORY_TOO_LARGE.because("The repository could not be read within "
                    + Quantity.of(allowed.toSeconds(), "second") + "; inspect a part of it by naming a folder.");
        }
    }
}
