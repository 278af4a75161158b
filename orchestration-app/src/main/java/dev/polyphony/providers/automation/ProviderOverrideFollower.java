package dev.polyphony.providers.automation;

import dev.polyphony.eventstore.ReadYourWrites;
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
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
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
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final EventStore history;
    private final ProviderQueries providers;
    private final ProviderControl control;
    private final ReadYourWrites reads = new ReadYourWrites((_, wanted) -> hasHeard(wanted));
    private final Map<String, ProviderSettings> deployed = new HashMap<>();
    private volatile long position;
    private volatile @Nullable Thread follower;

    ProviderOverrideFollower(EventStore history, ProviderQueries providers, ProviderControl control) {
        this.history = history;
        this.providers = providers;
        this.control = control;
    }

    /** The position first: what is decided while the earlier decisions are read is then heard after them. */
    @Override
    public void start() {
        position = history.createHeadToken().position().orElse(0);
        for (ProviderView view : providers.all()) {
            deployed.put(view.name(), view.settings());
            history.readEvents(new ProviderId(view.name()).toString())
                    .asStream()
                    .reduce((_, later) -> later)
                    .ifPresent(this::hear);
        }
        Thread thread = Thread.ofVirtual().name("provider-decisions").unstarted(this::follow);
        follower = thread; // first: it goes on only while it is there
        thread.start();
    }

    private void follow() {
        while (isRunning()) {
            try (BlockingStream<TrackedEventMessage<?>> events =
                    history.openStream(new GlobalSequenceTrackingToken(position))) {
                while (isRunning()) {
                    TrackedEventMessage<?> next = events.nextAvailable();
                    hear(next);
                    position = next.trackingToken().position().orElseThrow();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException gone) {
                LOG.warn("cannot follow the history, trying again: {}", gone.toString());
                LockSupport.parkNanos(RETRY_INTERVAL.toNanos());
            }
        }
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
        return position >= wanted;
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
        return follower != null;
    }

    @Override
    public void stop() {
        Thread last = follower;
        follower = null;
        if (last != null) {
            last.interrupt();
            join(last);
        }
    }

    private static void join(Thread last) {
        try {
            last.join(STOP_TIMEOUT);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int getPhase() {
        return BEFORE_ANYBODY_ASKS_A_MODEL;
    }
}
