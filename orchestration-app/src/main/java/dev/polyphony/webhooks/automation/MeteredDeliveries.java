package dev.polyphony.webhooks.automation;

import dev.polyphony.platform.metrics.Sample;
import dev.polyphony.webhooks.Deliveries;
import dev.polyphony.webhooks.DeliveryBacklog;
import dev.polyphony.webhooks.DeliveryBacklog.Backlog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/** Measures every attempt of this node to deliver, and what is owed by all of them. */
@Component
@Primary
class MeteredDeliveries implements Deliveries {
    private static final double MILLIS_PER_SECOND = 1000;

    private final Deliveries deliveries;
    private final Timer delivered;
    private final Timer repeated;
    private final Timer givenUp;

    MeteredDeliveries(
            @Qualifier("jooqDeliveries") Deliveries deliveries,
            DeliveryBacklog backlog,
            MeterRegistry meters,
            Clock clock) {
        this.deliveries = deliveries;
        this.delivered = timer("delivered", meters);
        this.repeated = timer("failed", meters);
        this.givenUp = timer("given_up", meters);
        Sample<Backlog> sample = new Sample<>(backlog::now);
        Gauge.builder("polyphony.webhook.deliveries.pending", () -> sample.number(Backlog::pending))
                .description("Deliveries that wait for an attempt, on all nodes")
                .register(meters);
        Gauge.builder("polyphony.webhook.backlog.age", () -> sample.number(now -> age(now, clock)))
                .baseUnit("seconds")
                .description("How long ago the event of the oldest delivery that waits happened; 0 when none waits")
                .register(meters);
    }

    private static Timer timer(String outcome, MeterRegistry meters) {
        return Timer.builder("polyphony.webhook.attempts")
                .description("Attempts to deliver, by outcome: delivered, failed (and repeated later) or given_up")
                .tag("outcome", outcome)
                .register(meters);
    }

    private static double age(Backlog backlog, Clock clock) {
        return backlog.oldest() == null
                ? 0
                : Math.max(
                        0, Duration.between(backlog.oldest(), clock.instant()).toMillis() / MILLIS_PER_SECOND);
    }

    @Override
    public List<Claim> claim(int limit, Duration lease) {
        return deliveries.claim(limit, lease);
    }

    @Override
    public void delivered(Claim claim, Attempt attempt) {
        deliveries.delivered(claim, attempt);
        delivered.record(attempt.duration());
    }

    @Override
    public void retry(Claim claim, Attempt attempt, Duration wait) {
        deliveries.retry(claim, attempt, wait);
        repeated.record(attempt.duration());
    }

    @Override
    public void giveUp(Claim claim, Attempt attempt) {
        deliveries.giveUp(claim, attempt);
        givenUp.record(attempt.duration());
    }

    @Override
    public Optional<Duration> untilNextDue() {
        return deliveries.untilNextDue();
    }
}
