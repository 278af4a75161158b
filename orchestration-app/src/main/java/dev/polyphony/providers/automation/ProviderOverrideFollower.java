package dev.polyphony.providers.automation;

import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.platform.axon.HistoryFollower;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.management.ProviderControl;
import dev.polyphony.providers.management.ProviderEvent;
import dev.polyphony.providers.management.ProviderEvent.ProviderConfigured;
import dev.polyphony.providers.management.ProviderId;
import dev.polyphony.providers.management.ProviderOverrides;
import dev.polyphony.providers.management.ProviderOverridesFollowed;
import dev.polyphony.providers.management.ProviderQueries;
import dev.polyphony.providers.management.ProviderSettings;
import dev.polyphony.providers.management.ProviderView;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Makes what operators decided count on this node: before it serves, everything that was decided earlier, and from then on
 * whatever any node decides. Every node does this for itself, so it is no event processor: those share their work.
 */
@Component
class ProviderOverrideFollower implements ProviderOverridesFollowed, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderOverrideFollower.class);
    private static final int BEFORE_ANYBODY_ASKS_A_MODEL = 0;

    private final EventStore history;
    private final ProviderQueries providers;
    private final ProviderControl control;
    private final ReadYourWrites reads = new ReadYourWrites((_, wanted) -> hasHeard(wanted));
    private final Map<String, ProviderSettings> deployed = new HashMap<>();
    private final HistoryFollower follower;

    ProviderOverrideFollower(EventStore history, ProviderQueries providers, ProviderControl control) {
        this.history = history;
        this.providers = providers;
        this.control = control;
        this.follower = new HistoryFollower("provider-decisions", history, this::hear);
    }

    /** The position first: what is decided while the earlier decisions are read is then heard after them. */
    @Override
    public void start() {
        long position = history.createHeadToken().position().orElse(0);
        for (ProviderView view : providers.all()) {
            deployed.put(view.name(), view.settings());
            history.readEvents(new ProviderId(view.name()).toString())
                    .asStream()
                    .reduce((_, later) -> later)
                    .ifPresent(this::hear);
        }
        follower.start(position);
    }

    /** A decision that this version cannot make count is told and passed over: the later ones still do. */
    private void hear(EventMessage<?> message) {
        try {
            if (ProviderEvent.class.isAssignableFrom(message.getPayloadType())) {
                hear((ProviderEvent) message.getPayload());
            }
        } catch (RuntimeException failure) {
            LOG.error("what event {} decides about a provider does not count here", message.getIdentifier(), failure);
        }
    }

    private void hear(ProviderEvent event) {
        switch (event) {
            case ProviderConfigured configured -> apply(configured.provider().name(), configured.overrides());
        }
    }

    private void apply(String name, ProviderOverrides overrides) {
        ProviderSettings settings = deployed.get(name);
        if (settings == null) {
            LOG.warn("provider {} was configured, but is not deployed on this node", name);
            return;
        }
        ProviderSettings wanted = overrides.over(settings);
        try {
            control.apply(name, wanted);
        } catch (ProviderFailure lacking) {
            if (lacking.problem() != ProviderProblem.PROVIDER_NOT_CONFIGURED) {
                throw lacking;
            }
            LOG.info("provider {} is to be asked, but not here: {}", name, lacking.getMessage());
            control.apply(name, wanted.disabled());
        }
    }

    private boolean hasHeard(long wanted) {
        return follower.position() >= wanted;
    }

    @Override
    public Optional<ProviderSettings> settings(String name, ProviderOverrides decided) {
        return Optional.ofNullable(deployed.get(name)).map(decided::over);
    }

    @Override
    public void awaitOwn() {
        reads.await("provider-decisions");
    }

    @Override
    public boolean isRunning() {
        return follower.isRunning();
    }

    @Override
    public void stop() {
        follower.stop();
    }

    @Override
    public int getPhase() {
        return BEFORE_ANYBODY_ASKS_A_MODEL;
    }
}
