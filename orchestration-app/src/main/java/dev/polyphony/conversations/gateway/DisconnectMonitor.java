package dev.polyphony.conversations.gateway;

import dev.polyphony.platform.web.ClientConnection;

/**
 * Whether the client of one call is still connected. It is not checked while something is written to it, which shows it too. All methods
 * but {@link #check} are for the caller's thread.
 */
public final class DisconnectMonitor {
    private final ClientConnection client;
    private final Thread caller = Thread.currentThread();
    private boolean stopped;
    private boolean paused;
    private boolean interrupted;

    DisconnectMonitor(ClientConnection client) {
        this.client = client;
    }

    /** Interrupts the call when its client has disconnected. */
    synchronized void check() {
        if (!stopped && !paused && client.isClosed()) {
            interrupted = true;
            stopped = true;
            caller.interrupt();
        }
    }

    /**
     * Before something is written. Waits for a check that is under way.
     *
     * @throws ClientDisconnected when the client has disconnected
     */
    synchronized void pause() {
        paused = true;
        if (interrupted) {
            Thread.interrupted();
            throw new ClientDisconnected(null);
        }
    }

    /** When it is written. */
    synchronized void resume() {
        paused = false;
    }

    /** Waits for a check that is under way. The caller's thread keeps no interrupt that was meant for the call. */
    synchronized void stop() {
        stopped = true;
        if (interrupted) {
            Thread.interrupted();
        }
    }

    /** To be asked after {@link #stop}. */
    boolean isDisconnected() {
        return interrupted;
    }
}
