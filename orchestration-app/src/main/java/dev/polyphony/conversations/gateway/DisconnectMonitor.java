package dev.polyphony.conversations.gateway;

import dev.polyphony.platform.web.ClientConnection;





/** Whether the client of one call is still there. All methods but {@link #look} are for the caller's thread. */
final class DisconnectMonitor {
    private final ClientConnection client;
    private final Thread caller = Thread.currentThread();
    private boolean ended;
    private boolean interrupted;

    DisconnectMonitor(ClientConnection client) {
        this.client = client;
    }

    /** Interrupts the call when its client is gone. */
    synchronized void look() {
        if (!ended && client.isClosed()) {
            interrupted = true;
            ended = true;
            caller.interrupt();
        }
    }

    /** Waits for a look that is just being taken. The caller's thread keeps no interrupt that was meant for the call. */
    synchronized void end() {
        ended = true;
        if (interrupted) {
            Thread.interrupted();
        }
    }

    /** To be asked after the end. */
    boolean sawClientGo() {
        return interrupted;
    }
}
