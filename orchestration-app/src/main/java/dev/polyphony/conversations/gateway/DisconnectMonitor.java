package dev.polyphony.conversations.gateway;

import dev.polyphony.platform.web.ClientConnection;

/** Whether the client of one call is still connected. All methods but {@link #check} are for the caller's thread. */
final class DisconnectMonitor {
    private final ClientConnection client;
    private final Thread caller = Thread.currentThread();
    private boolean stopped;
    private boolean interrupted;

    DisconnectMonitor(ClientConnection client) {
        this.client = client;
    }

    /** Interrupts the call when its client has disconnected. */
    synchronized void check() {
        if (!stopped && client.isClosed()) {
            interrupted = true;
            stopped = true;
            caller.interrupt();
        }
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
