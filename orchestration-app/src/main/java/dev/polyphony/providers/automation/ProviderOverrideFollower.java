package dev.polyphony.providers.automation;

import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.management.ProviderControl;
import dev.polyphony.providers.management.ProviderEvent.ProviderConfigured;
import dev.polyphony.providers.management.ProviderEvent;
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
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final EventStore history;
    private final ProviderQueries board;
    private final ProviderControl control;
    private final ReadYourWrites reads = new ReadYourWrites((_, wanted) -> hasHeard(wanted));
    private final Map<String, ProviderSettings> deployed = new HashMap<>();
    private volatile long position;
    private volatile @Nullable Thread follower;

    ProviderOverrideFollower(EventStore history, ProviderQueries board, ProviderControl control) {
        this.history = history;
        this.board = board;
        this.control = control;
    }

    /** The position first: what is decided while the earlier decisions are read is then heard after them. */
    @Override
    public void start() {
        position = history.createHeadToken().position().orElse(0);
        for (ProviderView card : board.all()) {
            deployed.put(card.name(), card.settings());
            history.readEvents(new ProviderId(card.name()).toString())
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
                LockSupport.parkNanos(PAUSE.toNanos());
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
        ProviderSettings usual = deployed.get(name);
        if (usual == null) {
            LOG.warn("provider {} was configured, but is not deployed on this node", name);
            return;
        }
        ProviderSettings wanted = over(usual, overrides);
        try {
            control.apply(name, wanted);
        } catch (ProviderFailure lacking) {
            if (lacking.problem() != ProviderProblem.PROVIDER_NOT_CONFIGURED) {
                throw lacking;
            }
            LOG.info("provider {} is to be asked, but not here: {}", name, lacking.getMessage());
            control.apply(name, new ProviderSettings(wanted.priority(), wanted.timeout(), false, wanted.maxRetries()));
        }
    }

    private static ProviderSettings over(ProviderSettings usual, ProviderOverrides overrides) {
        Integer priority = overrides.priority();
        Integer timeout = overrides.timeoutSeconds();
        Boolean enabled = overrides.enabled();
        Integer maxRetries = overrides.maxRetries();
        return new ProviderSettings(
                priority == null ? usual.priority() : priority,
                timeout == null ? usual.timeout() : Duration.ofSeconds(timeout),
                enabled == null ? usual.enabled() : enabled,
                maxRetries == null ? usual.maxRetries() : maxRetries);
    }

    private boolean hasHeard(long wanted) {
        return position >= wanted;
    }

    @Override
    public Optional<ProviderSettings> settings(String name, ProviderOverrides decided) {
        return Optional.ofNullable(deployed.get(name)).map(usual -> over(usual, decided));
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
            last.join(STOP_PATIENCE);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int getPhase() {
        return BEFORE_ANYBODY_ASKS_A_MODEL;
    }
}
