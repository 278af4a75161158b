package dev.polyphony.identity.automation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.polyphony.identity.Tenants;
import dev.polyphony.identity.tenants.TenantAggregateId;
import dev.polyphony.identity.tenants.TenantEvent;
import dev.polyphony.identity.tenants.TenantEvent.TenantChanged;
import dev.polyphony.identity.tenants.TenantEvent.TenantCreated;
import dev.polyphony.identity.tenants.TenantEvent.TenantDeleted;
import dev.polyphony.identity.tenants.TenantProfile;
import dev.polyphony.shared.TenantId;
import java.time.Duration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.Message;
import org.springframework.stereotype.Component;

/**
 * Reads the last event of a tenant, which says all of it. What was read is cached for a quarter of a second; together with the cache of API keys
 * a deleted tenant's count for less than a second on every node. That a tenant does not exist is not cached: a new one counts at once.
 */
@Component
class HistoryTenants implements Tenants {
    private static final Duration CACHE_TTL = Duration.ofMillis(250);
    private static final int MAX_CACHED = 10_000;

    private final EventStore history;
    private final Cache<TenantId, Standing> cache = Caffeine.newBuilder()
            .expireAfterWrite(CACHE_TTL)
            .maximumSize(MAX_CACHED)
            .build();

    HistoryTenants(EventStore history) {
        this.history = history;
    }

    @Override
    public Standing of(TenantId tenant) {
        Standing cached = cache.getIfPresent(tenant);
        if (cached != null) {
            return cached;
        }
        Standing found = now(tenant);
        if (found.state() != State.UNKNOWN) {
            cache.put(tenant, found);
        }
        return found;
    }

    @Override
    public Standing now(TenantId tenant) {
        String id = new TenantAggregateId(tenant).toString();
        return history.lastSequenceNumberFor(id)
                .flatMap(last -> history.readEvents(id, last).asStream().findFirst())
                .map(Message::getPayload)
                .map(TenantEvent.class::cast)
                .map(HistoryTenants::after)
                .orElseGet(() -> tenant.equals(TenantId.DEFAULT) ? active(TenantProfile.OF_SYSTEM) : Standing.UNKNOWN);
    }

    private static Standing after(TenantEvent last) {
        return switch (last) {
            case TenantCreated created -> active(created.profile());
            case TenantChanged changed -> active(changed.profile());
            case TenantDeleted _ -> new Standing(State.DELETED, Standing.UNKNOWN.tier(), null);
        };
    }

    private static Standing active(TenantProfile profile) {
        return new Standing(State.ACTIVE, profile.tier(), profile.repositoriesRoot());
    }
}
