package dev.polyphony.identity.monitoring;

import dev.polyphony.identity.alerts.Incident;
import dev.polyphony.identity.alerts.SecurityEventCommand.RecordSecurityEvent;
import dev.polyphony.identity.alerts.SecurityEventId;
import dev.polyphony.shared.MessageOrigin;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Appends security events on a thread of its own. What does not fit into the queue, or cannot be appended, is dropped and counted: no
 * request waits for it. A process that is killed loses what it counted since the minute began.
 */
@Component
class SecurityEventQueue implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SecurityEventQueue.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
    private static final int CAPACITY = 256;
    private static final int AFTER_THE_WEB_SERVER = SmartLifecycle.DEFAULT_PHASE - 4096;

    private final AlertSampler sampler = new AlertSampler();

    /** An empty one only wakes the thread. */
    private final BlockingQueue<Optional<GenericCommandMessage<RecordSecurityEvent>>> waiting =
            new ArrayBlockingQueue<>(CAPACITY);

    private final CommandGateway commands;
    private final Counter dropped;
    private final Duration period;
    private volatile @Nullable Thread writer;

    @Autowired
    SecurityEventQueue(CommandGateway commands, MeterRegistry meters) {
        this(commands, meters, MINUTE);
    }

    /** @param period how long alerts are counted before the counts are written */
    SecurityEventQueue(CommandGateway commands, MeterRegistry meters, Duration period) {
        this.commands = commands;
        this.period = period;
        this.dropped = Counter.builder("polyphony.security.alerts.dropped")
                .description("Alerts that are neither events nor counted in one, because they could not be written")
                .register(meters);
    }

    /** Whether it becomes an event of its own; otherwise it is counted. */
    boolean admits(AlertKind kind) {
        return sampler.admit(kind);
    }

    /** @param cause the request's id */
    void add(AlertKind kind, Incident incident, String cause) {
        if (!waiting.offer(Optional.of(message(kind, incident, cause)))) {
            dropped.increment((double) incident.count());
        }
    }

    private static GenericCommandMessage<RecordSecurityEvent> message(AlertKind kind, Incident incident, String cause) {
        return new GenericCommandMessage<>(
                new RecordSecurityEvent(SecurityEventId.random(), kind.type(), incident),
                new MessageOrigin(kind.tenant(), "system:security", cause, cause).metaData());
    }

    @Override
    public void start() {
        Thread thread = Thread.ofPlatform().daemon().name("security-events").unstarted(this::writeUntilStopped);
        writer = thread; // first: it goes on only while it is there
        thread.start();
    }

    private void writeUntilStopped() {
        long end = System.nanoTime() + period.toNanos();
        while (isRunning()) {
            try {
                var next = waiting.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (next != null) {
                    next.ifPresent(this::write);
                }
            } catch (InterruptedException stopped) {
                break;
            }
            if (System.nanoTime() - end >= 0) {
                writeCounts();
                end = System.nanoTime() + period.toNanos();
            }
        }
        for (var left = waiting.poll(); left != null; left = waiting.poll()) {
            left.ifPresent(this::write);
        }
        writeCounts();
    }

    private void writeCounts() {
        sampler.endMinute().forEach(count -> {
            AlertKind kind = count.kind();
            LOG.warn("security.{}: {} more, which are one event", kind.type(), count.count());
            write(message(
                    kind,
                    new Incident(kind.threatLevel(), kind.blocked(), null, kind.source(), null, null, count.count()),
                    "security"));
        });
    }

    private void write(GenericCommandMessage<RecordSecurityEvent> event) {
        try {
            commands.sendAndWait(event);
        } catch (RuntimeException failure) {
            dropped.increment((double) event.getPayload().incident().count());
            LOG.warn("a security event cannot be written: {}", failure.toString());
        }
    }

    /** Has what waits and what is counted written, as long as that does not take long. Nothing that is written is interrupted. */
    @Override
    public void stop() {
        Thread last = writer;
        writer = null;
        if (last != null) {
            var _ = waiting.offer(Optional.empty()); // when it is full, the thread does not sleep
            try {
                last.join(STOP_TIMEOUT);
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return writer != null;
    }

    @Override
    public int getPhase() {
        return AFTER_THE_WEB_SERVER;
    }
}
