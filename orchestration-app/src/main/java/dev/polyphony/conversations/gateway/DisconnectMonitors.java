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
 * Interrupts calls whose clients are gone, so that no model is paid for a reply that nobody hears. Looks only while nothing is
 * written: from the first piece on, writing itself shows it.
 */
@Component
class DisconnectMonitors implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(DisconnectMonitors.class);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Set<DisconnectMonitor> watches = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("client-watch").factory());

    DisconnectMonitors() {
        var _ = looking.scheduleWithFixedDelay(this::look, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @throws ClientDisconnected when the client went away meanwhile */
    <T> @Nullable T during(ClientConnection client, Gateway.Call<T> call) {
        DisconnectMonitor watch = new DisconnectMonitor(client);
        watches.add(watch);
        @Nullable T result;
        try {
            result = call.make(watch::end);
        } catch (RuntimeException failure) {
            throw end(watch) ? new ClientDisconnected(failure) : failure;
        } finally {
            end(watch);
        }
        if (watch.sawClientGo()) {
            throw new ClientDisconnected(null);
        }
        return result;
    }

    /** Returns whether the client had gone. */
    private boolean end(DisconnectMonitor watch) {
        watch.end();
        watches.remove(watch);
        return watch.sawClientGo();
    }

    private void look() {
        watches.removeIf(DisconnectMonitors::cannotBeWatched);
    }

    /** One connection that cannot be asked must not end the watch over all others. */
    private static boolean cannotBeWatched(DisconnectMonitor watch) {
        try {
            watch.look();
            return false;
        } catch (RuntimeException failure) {
            LOG.warn("a client's connection cannot be watched", failure);
            return true;
        }
    }

    @Override
    public void destroy() {
        looking.shutdownNow();
    }
}
