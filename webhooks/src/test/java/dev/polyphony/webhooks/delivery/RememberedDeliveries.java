package dev.polyphony.webhooks.delivery;

import dev.polyphony.webhooks.Deliveries;
import dev.polyphony.webhooks.DeliveryId;
import dev.polyphony.webhooks.DeliveryQueries.State;
import dev.polyphony.webhooks.WebhookEndpointId;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deliveries in memory, one node, leases that never run out. */
final class RememberedDeliveries implements Deliveries {
    private static final class Row {
        final WebhookEndpointId endpoint;
        final URI url;
        State state = State.PENDING;
        int attempts;
        long dueAt = System.nanoTime();

        @Nullable
        Attempt last;

        Row(WebhookEndpointId endpoint, URI url) {
            this.endpoint = endpoint;
            this.url = url;
        }
    }

    private final Map<DeliveryId, Row> rows = new LinkedHashMap<>();
    private final Set<WebhookEndpointId> leased = new HashSet<>();
    private int failingClaims;

    synchronized DeliveryId enqueue(WebhookEndpointId endpoint, URI url) {
        DeliveryId id = new DeliveryId(UUID.randomUUID());
        rows.put(id, new Row(endpoint, url));
        return id;
    }

    synchronized void failNextClaims(int count) {
        failingClaims = count;
    }

    synchronized State state(DeliveryId id) {
        return row(id).state;
    }

    synchronized int attempts(DeliveryId id) {
        return row(id).attempts;
    }

    synchronized @Nullable Attempt lastAttempt(DeliveryId id) {
        return row(id).last;
    }

    @Override
    public synchronized List<Claim> claim(int limit, Duration lease) {
        if (failingClaims > 0) {
            failingClaims--;
            throw new IllegalStateException("the database is away");
        }
        List<Claim> claims = new ArrayList<>();
        rows.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue().dueAt))
                .filter(entry -> entry.getValue().state == State.PENDING && entry.getValue().dueAt <= System.nanoTime())
                .filter(entry -> claims.size() < limit && leased.add(entry.getValue().endpoint))
                .forEach(entry -> claims.add(claim(entry.getKey(), entry.getValue())));
        return claims;
    }

    private static Claim claim(DeliveryId id, Row row) {
        row.attempts++;
        return Claims.claim(id.value(), row.endpoint, row.attempts, row.url);
    }

    @Override
    public synchronized void delivered(Claim claim, Attempt attempt) {
        end(claim, attempt, State.DELIVERED);
    }

    @Override
    public synchronized void retry(Claim claim, Attempt attempt, Duration wait) {
        end(claim, attempt, State.PENDING);
        row(claim.deliveryId()).dueAt = System.nanoTime() + wait.toNanos();
    }

    @Override
    public synchronized void giveUp(Claim claim, Attempt attempt) {
        end(claim, attempt, State.FAILED);
    }

    @Override
    public synchronized Optional<Duration> untilNextDue() {
        long now = System.nanoTime();
        return rows.values().stream()
                .filter(row -> row.state == State.PENDING && row.dueAt > now)
                .map(row -> Duration.ofNanos(row.dueAt - now))
                .min(Comparator.naturalOrder());
    }

    private void end(Claim claim, Attempt attempt, State state) {
        Row row = row(claim.deliveryId());
        row.state = state;
        row.last = attempt;
        leased.remove(claim.endpointId());
    }

    private Row row(DeliveryId id) {
        Row row = rows.get(id);
        if (row == null) {
            throw new IllegalStateException("no delivery " + id);
        }
        return row;
    }
}
