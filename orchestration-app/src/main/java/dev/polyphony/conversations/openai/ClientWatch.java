package dev.polyphony.conversations.openai;

import dev.polyphony.config.ClientConnection;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Interrupts a call whose client is gone, so that no model is paid for a reply that nobody hears. Looks only while nothing is
 * written: from the first piece on, writing itself shows it.
 */
final class ClientWatch {
    private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();

    private final ClientConnection client;
    private final Thread caller = Thread.currentThread();
    private boolean ended;
    private boolean interrupted;

    private ClientWatch(ClientConnection client) {
        this.client = client;
    }

    /** What is done while the client is watched. */
    interface Call<T> {
        /** @param endWatch to be run, on the caller's thread, before anything is written to the client */
        T make(Runnable endWatch);
    }

    /** @throws ClientGone when the client went away meanwhile */
    static <T> T during(ClientConnection client, Call<T> call) {
        ClientWatch watch = new ClientWatch(client);
        Thread watcher = Thread.ofVirtual().name("client-watch").start(watch::look);
        T result;
        try {
            result = call.make(watch::end);
        } finally {
            watch.end();
            LockSupport.unpark(watcher);
        }
        if (watch.interrupted) {
            throw new ClientGone(null);
        }
        return result;
    }

    private void look() {
        while (!interruptWhenGone()) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Returns whether there is nothing left to look for. */
    private synchronized boolean interruptWhenGone() {
        if (!ended && client.isClosed()) {
            interrupted = true;
            ended = true;
            caller.interrupt();
        }
        return ended;
    }

    /** Waits for a look that is just being taken. The caller's thread keeps no interrupt that was meant for the call. */
    private synchronized void end() {
        ended = true;
        if (interrupted) {
            Thread.interrupted();
        }
    }
}
