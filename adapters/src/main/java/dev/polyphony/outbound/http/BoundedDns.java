package dev.polyphony.outbound.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/**
 * Name resolution that gives up in time, with a bounded number of threads. The system's resolver cannot be interrupted: a look-up
 * that hangs keeps its thread until it ends. So one name has one thread at most, however many ask for it, and the names of one
 * domain a quarter of all, so that a name server that hangs leaves threads for the names of others.
 */
public final class BoundedDns implements Dns {
    private static final int MAX_THREADS = 64;
    private static final int DOMAIN_SHARE = 4;
    private static final int WAITING_PER_THREAD = 16;

    private final Dns resolver;
    private final Duration patience;
    private final int maxThreads;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition threadIsFree = lock.newCondition();
    private final Map<String, CompletableFuture<List<InetAddress>>> running = new HashMap<>();
    private final Map<String, Integer> perDomain = new HashMap<>();
    private int waiting;

    /** @param patience the longest one look-up may take, with the wait for a thread */
    public BoundedDns(Dns resolver, Duration patience) {
        this(resolver, patience, MAX_THREADS);
    }

    BoundedDns(Dns resolver, Duration patience, int maxThreads) {
        this.resolver = resolver;
        this.patience = patience;
        this.maxThreads = maxThreads;
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            return begin(host.toLowerCase(Locale.ROOT), deadline)
                    .get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw new UnknownHostException("%s: no answer from name resolution within %s".formatted(host, patience));
        } catch (ExecutionException e) {
            String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new UnknownHostException("%s: %s".formatted(host, why));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host + ": interrupted while its name was resolved");
        }
    }

    /** The look-up of the name that is under way, or a new one as soon as a thread is free for it. */
    private CompletableFuture<List<InetAddress>> begin(String host, long deadline)
            throws InterruptedException, UnknownHostException {
        lock.lockInterruptibly();
        try {
            CompletableFuture<List<InetAddress>> lookup = running.get(host);
            if (lookup == null && !mayStart(host)) {
                lookup = awaitThread(host, deadline);
            }
            return lookup == null ? start(host) : lookup;
        } finally {
            lock.unlock();
        }
    }

    private boolean mayStart(String host) {
        return running.size() < maxThreads
                && perDomain.getOrDefault(domain(host), 0) < Math.max(1, maxThreads / DOMAIN_SHARE);
    }

    /** Null when a thread is free, otherwise a look-up of the same name that began meanwhile. */
    private @Nullable CompletableFuture<List<InetAddress>> awaitThread(String host, long deadline)
            throws InterruptedException, UnknownHostException {
        if (waiting >= maxThreads * WAITING_PER_THREAD) {
            throw busy(host);
        }
        waiting++;
        try {
            CompletableFuture<List<InetAddress>> lookup = null;
            while (lookup == null && !mayStart(host)) {
                if (threadIsFree.awaitNanos(deadline - System.nanoTime()) <= 0) {
                    throw busy(host);
                }
                lookup = running.get(host);
            }
            return lookup;
        } finally {
            waiting--;
        }
    }

    private UnknownHostException busy(String host) {
        return new UnknownHostException(
                "%s: no answer from name resolution within %s, because %d look-ups are under way and do not end"
                        .formatted(host, patience, running.size()));
    }

    private CompletableFuture<List<InetAddress>> start(String host) {
        CompletableFuture<List<InetAddress>> lookup = new CompletableFuture<>();
        running.put(host, lookup);
        perDomain.merge(domain(host), 1, Integer::sum);
        try {
            Thread.ofPlatform().daemon().name("dns-" + host).start(() -> resolve(host, lookup));
        } catch (Throwable noThread) {
            ended(host);
            throw noThread;
        }
        return lookup;
    }

    private void resolve(String host, CompletableFuture<List<InetAddress>> lookup) {
        try {
            lookup.complete(resolver.lookup(host));
        } catch (Throwable failure) { // whatever it is, those who wait have to hear of it
            lookup.completeExceptionally(failure);
        } finally {
            ended(host);
        }
    }

    private void ended(String host) {
        lock.lock();
        try {
            running.remove(host);
            perDomain.computeIfPresent(domain(host), (_, count) -> count == 1 ? null : count - 1);
            threadIsFree.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The last two labels of a name. */
    private static String domain(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        int top = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', top - 1) + 1);
    }
}
