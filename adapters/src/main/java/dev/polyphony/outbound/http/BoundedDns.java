package dev.polyphony.outbound.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;

/** Name resolution that gives up in time. The system's resolver cannot be interrupted, so it is left behind on its own thread. */
public final class BoundedDns implements Dns {
    private final Dns resolver;
    private final Duration patience;

    /** @param patience the longest one look-up may take */
    public BoundedDns(Dns resolver, Duration patience) {
        this.resolver = resolver;
        this.patience = patience;
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        FutureTask<List<InetAddress>> lookup = new FutureTask<>(() -> resolver.lookup(host));
        Thread.ofPlatform().daemon().name("dns-" + host).start(lookup);
        try {
            return lookup.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw new UnknownHostException("%s: no answer from name resolution within %s".formatted(host, patience));
        } catch (ExecutionException e) {
            throw new UnknownHostException("%s: %s".formatted(host, e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host + ": interrupted while its name was resolved");
        }
    }
}
