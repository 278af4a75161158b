package dev.polyphony.postgres;

import java.time.Duration;

/** Waits for programs on the caller's own thread. {@link Process#onExit} needs one of the common pool, which on a small machine has a single one. */
final class Programs {
    private Programs() {}

    /** Waits on when it is interrupted, and leaves the interrupt to the caller. */
    static boolean endsWithin(Process program, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return program.waitFor(Duration.ofNanos(deadline - System.nanoTime()));
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
