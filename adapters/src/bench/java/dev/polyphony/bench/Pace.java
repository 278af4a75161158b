package dev.polyphony.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** A steady stream of work: each piece has its time, whatever became of those before it; what is late is done at once. */
record Pace(int perSecond, Duration duration) {
    private static final int THREADS = 16;

    /**
     * How many a second were really done.
     *
     * @param work gets the number of its piece, from 0
     */
    double run(IntConsumer work) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        List<Callable<Void>> shares = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int first = i;
            shares.add(() -> {
                share(first, start, work);
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<Void> share : threads.invokeAll(shares)) {
                share.get();
            }
        }
        return pieces() * 1e9 / (System.nanoTime() - start);
    }

    int pieces() {
        return (int) (perSecond * duration.toSeconds());
    }

    private void share(int first, long start, IntConsumer work) {
        for (int piece = first; piece < pieces(); piece += THREADS) {
            long due = start + piece * 1_000_000_000L / perSecond;
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            work.accept(piece);
        }
    }
}
