package dev.polyphony.providers.automation;

import dev.polyphony.providers.management.ProviderQueries;
import dev.polyphony.providers.management.ProviderTest;
import dev.polyphony.providers.management.ProviderTests;
import dev.polyphony.providers.management.ProviderView;
import dev.polyphony.providers.wiring.ProvidersSettings.Probes;
import dev.polyphony.providers.wiring.ProvidersSettings;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.IntervalTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Tries the enabled providers on a schedule, so that their health is known before somebody needs them. Models in this process are
 * asked; of all others the list of models is read, which is free. They are asked too when operators want that, for vendors bill it.
 */
@Component
class ProbeProviders implements SchedulingConfigurer {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeProviders.class);
    private static final Set<String> IN_THIS_PROCESS = Set.of("embedded", "local");

    private final ProviderQueries board;
    private final ProviderTests tests;
    private final Probes settings;

    @Autowired
    ProbeProviders(ProviderQueries board, ProviderTests tests, ProvidersSettings settings) {
        this(board, tests, settings.probes());
    }

    ProbeProviders(ProviderQueries board, ProviderTests tests, Probes settings) {
        this.board = board;
        this.tests = tests;
        this.settings = settings;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(new IntervalTask(this::probe, settings.interval(), settings.interval()));
    }

    /** On threads of their own: the scheduler has one, and the heartbeat of this node runs on it. */
    void probe() {
        board.all().stream()
                .filter(card -> card.settings().enabled())
                .forEach(card -> Thread.ofVirtual().name("probe-" + card.name()).start(() -> probe(card)));
    }

    private void probe(ProviderView card) {
        boolean asked = settings.vendors() || IN_THIS_PROCESS.contains(card.kind());
        Optional<ProviderTest> test = asked ? Optional.of(tests.run(card.name())) : tests.look(card.name());
        test.filter(seen -> !seen.passed())
                .ifPresent(failed -> LOG.warn("provider {} did not pass its probe: {}", card.name(), failed.reason()));
    }
}
