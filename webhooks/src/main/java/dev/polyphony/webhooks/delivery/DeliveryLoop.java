package dev.polyphony.webhooks.delivery;

import dev.polyphony.webhooks.Deliveries;
import dev.polyphony.webhooks.Deliveries.Claim;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims what is due and has it delivered, each endpoint on its own virtual thread. Sleeps until it is woken, until the
 * next retry is due, or until the poll interval is over.
 */
public final class DeliveryLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);

    private final Deliveries deliveries;
    private final DeliveryWorker worker;
    private final DeliveryOptions options;
    private final Semaphore free;
    private final BlockingQueue<Boolean> wakeUps = new ArrayBlockingQueue<>(1);
    private final ExecutorService calls = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("webhook-", 0).factory());
    private final Thread dispatcher =
            Thread.ofVirtual().name("webhook-dispatcher").unstarted(this::run);
    private final CountDownLatch closing = new CountDownLatch(1);

    public DeliveryLoop(Deliveries deliveries, DeliveryWorker worker, DeliveryOptions options) {
        this.deliveries = deliveries;
        this.worker = worker;
        this.options = options;
        this.free = new Semaphore(options.maxInFlight());
    }

    /** At most once. */
    public void start() {
        dispatcher.start();
    }

    /** Says that something became due. Never blocks; harmless when nothing did. */
    public void wake() {
        wakeUps.offer(Boolean.TRUE);
    }

    /** Takes no more work, lets calls in flight end within the grace, and cuts the rest: their leases run out. */
    @Override
    public void close() {
        closing.countDown();
        wake();
        try {
            if (dispatcher.isAlive()) {
                dispatcher.join(options.shutdownGrace());
            }
            calls.shutdown();
            if (!calls.awaitTermination(options.shutdownGrace().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("webhook calls still in flight are cut; they are sent again when their leases run out");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            calls.shutdownNow();
        }
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                wakeUps.poll(roundOrPause().toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException _) {
            closing.countDown();
        }
    }

    // A failure is waited out whole, without listening for wake-ups: the database is asked no faster than it can
    // recover.
    private Duration roundOrPause() throws InterruptedException {
        try {
            return round();
        } catch (RuntimeException e) {
            LOG.warn("webhook deliveries cannot be claimed now; next try in {}", options.pollInterval(), e);
            boolean _ = closing.await(options.pollInterval().toNanos(), TimeUnit.NANOSECONDS);
            return Duration.ZERO;
        }
    }

    /** One claim; returns how long there is nothing to do. */
    private Duration round() {
        int limit = free.availablePermits();
        List<Claim> claims = limit == 0 ? List.of() : deliveries.claim(limit, options.lease());
        claims.forEach(this::launch);
        if (limit > 0 && claims.size() == limit) {
            return Duration.ZERO;
        }
        Duration due = deliveries.untilNextDue().orElse(options.pollInterval());
        return due.compareTo(options.pollInterval()) < 0 ? due : options.pollInterval();
    }

    private void launch(Claim claim) {
        free.acquireUninterruptibly();
        calls.execute(() -> {
            try {
                worker.deliver(claim);
            } catch (RuntimeException e) {
                LOG.warn("webhook delivery {} is not recorded and will be sent again", claim.deliveryId(), e);
            } finally {
                free.release();
                wake();
            }
        });
    }
}
