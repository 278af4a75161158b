package dev.polyphony.identity.idempotency.web;

import dev.polyphony.identity.idempotency.Attempt;
import dev.polyphony.identity.idempotency.Claim;
import dev.polyphony.identity.idempotency.IdempotentRequests;
import dev.polyphony.identity.idempotency.RequestKey;
import dev.polyphony.identity.idempotency.StoredAnswer;
import dev.polyphony.identity.idempotency.wiring.IdempotencySettings;
import dev.polyphony.platform.errors.SampledLog;
import dev.polyphony.platform.web.NewId;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Does requests that have a key, and holds on to their claims meanwhile. */
@Component
class AttemptedRequests implements SchedulingConfigurer {
    static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final SampledLog LOG = new SampledLog(LoggerFactory.getLogger(AttemptedRequests.class));
    private static final Duration FIRST_POLL = Duration.ofMillis(10);
    private static final Duration LAST_POLL = Duration.ofMillis(500);
    private static final int EXTENSIONS_PER_LEASE = 4;
    private static final int SERVER_ERRORS = 500;
    private static final int CLIENT_ERRORS = 400;

    private final IdempotentRequests requests;
    private final IdempotencySettings settings;
    private final Turns turns = new Turns();
    private final Set<Attempt> running = ConcurrentHashMap.newKeySet();

    AttemptedRequests(IdempotentRequests requests, IdempotencySettings settings) {
        this.requests = requests;
        this.settings = settings;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(this::extend, settings.lease().dividedBy(EXTENSIONS_PER_LEASE));
    }

    /** On a thread of its own: the scheduler has one, and the heartbeat of this node runs on it. */
    private void extend() {
        Set<Attempt> now = Set.copyOf(running);
        if (!now.isEmpty()) {
            Thread.ofVirtual()
                    .name("idempotency-leases")
                    .start(() -> quietly(() -> requests.extend(now, settings.lease())));
        }
    }

    /**
     * Asks for the right to do a request, and waits for another try while that goes on. One that is granted has to be
     * {@linkplain #attempt attempted} by the same thread.
     */
    Claim claim(RequestKey request, byte[] identity) {
        long deadline = System.nanoTime() + settings.waitTimeout().toNanos();
        Claim claim = new Claim.InProgress();
        if (!turns.begin(request, settings.waitTimeout())) {
            return claim;
        }
        try {
            claim = await(request, identity, deadline);
            return claim;
        } finally {
            if (!(claim instanceof Claim.Granted)) {
                turns.end(request);
            }
        }
    }

    private Claim await(RequestKey request, byte[] identity, long deadline) {
        Claim claim = requests.claim(request, identity, settings.lease());
        Duration pause = FIRST_POLL;
        while (claim instanceof Claim.InProgress
                && deadline - System.nanoTime() > 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(pause.toNanos());
            pause = pause.compareTo(LAST_POLL) < 0 ? pause.multipliedBy(2) : LAST_POLL;
            claim = requests.claim(request, identity, settings.lease());
        }
        return claim;
    }

    /** The answer is kept before it is sent: what a client has seen is never done again. */
    void attempt(Attempt attempt, Exchange exchange) throws ServletException, IOException {
        RecordedResponse response = new RecordedResponse(exchange.response());
        running.add(attempt);
        try {
            perform(attempt, exchange, response);
        } finally {
            running.remove(attempt);
            turns.end(attempt.request());
        }
        response.copyBodyToResponse();
    }

    private void perform(Attempt attempt, Exchange exchange, RecordedResponse response)
            throws ServletException, IOException {
        boolean ended = false;
        try {
            new NewId(attempt.createdId()).giveTo(exchange.request());
            exchange.chain().doFilter(exchange.request(), response);
            StoredAnswer answer = response.answer();
            quietly(() -> settle(attempt, answer));
            ended = true;
        } finally {
            if (!ended) {
                quietly(() -> requests.giveUp(attempt));
            }
        }
    }

    /** A refusal leaves the key free, unless an earlier try may have had an effect. */
    private void settle(Attempt attempt, StoredAnswer answer) {
        if (answer.status() < CLIENT_ERRORS) {
            requests.answer(attempt, answer);
        } else if (answer.status() < SERVER_ERRORS && !attempt.repeated()) {
            requests.forget(attempt);
        } else {
            requests.giveUp(attempt);
        }
    }

    /** What could not be stored is told to nobody: the lease ends by itself, and the next try finds what this one did. */
    private static void quietly(Runnable write) {
        try {
            write.run();
        } catch (RuntimeException failure) {
            LOG.warn("a request with an idempotency key could not be stored: {}", failure.toString());
        }
    }
}
