package dev.polyphony.conversations.gateway;

import dev.polyphony.platform.web.ClientConnection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Interrupts calls whose clients have disconnected, so that no model is paid for a reply that nobody reads: while a
 * vendor is silent or thinks, also in the middle of a stream.
 */
@Component
class DisconnectMonitors implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(DisconnectMonitors.class);
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(250);

    private final Set<DisconnectMonitor> monitors = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("disconnect-monitor").factory());

    DisconnectMonitors() {
        var _ = timer.scheduleWithFixedDelay(
                this::check, CHECK_INTERVAL.toMillis(), CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @throws ClientDisconnected when the client disconnected meanwhile */
    <T> @Nullable T during(ClientConnection client, Gateway.Call<T> call) {
        DisconnectMonitor monitor = new DisconnectMonitor(client);
        monitors.add(monitor);
        @Nullable T result;
        try {
            result = call.run(monitor);
        } catch (RuntimeException failure) {
            throw stop(monitor) ? new ClientDisconnected(failure) : failure;
        } finally {
            stop(monitor);
        }
        if (monitor.isDisconnected()) {
            throw new ClientDisconnected(null);
        }
        return result;
    }

    /** Returns whether the client had disconnected. */
    private boolean stop(DisconnectMonitor monitor) {
        monitor.stop();
        monitors.remove(monitor);
        return monitor.isDisconnected();
    }

    private void check() {
        monitors.removeIf(DisconnectMonitors::cannotBeChecked);
    }

    /** One connection that fails to be checked must not end the checks of all others. */
    private static boolean cannotBeChecked(DisconnectMonitor monitor) {
        try {
            monitor.check();
            return false;
        } catch (RuntimeException failure) {
            LOG.warn("a client's connection cannot be checked", failure);
            return true;
        }
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
