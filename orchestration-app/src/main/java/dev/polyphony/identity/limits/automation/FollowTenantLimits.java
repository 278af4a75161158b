package dev.polyphony.identity.limits.automation;

import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.identity.Tier;
import dev.polyphony.identity.limits.Limits;
import dev.polyphony.identity.limits.TenantLimitQueries;
import dev.polyphony.identity.limits.TenantLimitsEvent;
import dev.polyphony.identity.limits.TenantLimitsEvent.LimitsChanged;
import dev.polyphony.identity.limits.TenantLimitsId;
import dev.polyphony.identity.limits.wiring.LimitSettings;
import dev.polyphony.platform.axon.HistoryFollower;
import dev.polyphony.shared.TenantId;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Knows on this node what was decided about limits: for a tenant that is seen for the first time it reads what was decided before,
 * and from then on hears what any node decides. No request asks the database.
 */
@Component
class FollowTenantLimits implements TenantLimitQueries, SmartLifecycle {
    private static final int BEFORE_REQUESTS = 0;

    private final EventStore history;
    private final HistoryFollower follower;
    private final ReadYourWrites reads;
    private final Map<Tier, Limits> tiers = new EnumMap<>(Tier.class);
    private final ConcurrentMap<TenantId, Limits> decided = new ConcurrentHashMap<>();

    FollowTenantLimits(EventStore history, LimitSettings settings) {
        this.history = history;
        this.follower = new HistoryFollower("tenant-limits", history, this::hear);
        this.reads = new ReadYourWrites((_, wanted) -> follower.position() >= wanted);
        for (Tier tier : Tier.values()) {
            tiers.put(tier, settings.of(tier));
        }
    }

    @Override
    public Limits limits(TenantId tenant, Tier tier) {
        return tiers.getOrDefault(tier, Limits.NONE).with(decided.computeIfAbsent(tenant, this::read));
    }

    @Override
    public Limits decided(TenantId tenant) {
        reads.await("tenant-limits");
        return decided.computeIfAbsent(tenant, this::read);
    }

    private Limits read(TenantId tenant) {
        return history.readEvents(TenantLimitsId.of(tenant).value())
                .asStream()
                .reduce((_, later) -> later)
                .map(last -> limits((TenantLimitsEvent) last.getPayload()))
                .orElse(Limits.NONE);
    }

    private void hear(EventMessage<?> message) {
        if (TenantLimitsEvent.class.isAssignableFrom(message.getPayloadType())
                && message.getPayload() instanceof LimitsChanged changed) {
            decided.put(changed.tenant(), changed.limits());
        }
    }

    private static Limits limits(TenantLimitsEvent event) {
        return switch (event) {
            case LimitsChanged changed -> changed.limits();
        };
    }

    @Override
    public void start() {
        follower.start(history.createHeadToken().position().orElse(0));
    }

    @Override
    public void stop() {
        follower.stop();
    }

    @Override
    public boolean isRunning() {
        return follower.isRunning();
    }

    @Override
    public int getPhase() {
        return BEFORE_REQUESTS;
    }
}
