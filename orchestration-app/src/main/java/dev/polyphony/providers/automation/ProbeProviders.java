package dev.polyphony.providers.automation;

import dev.polyphony.providers.management.ProviderQueries;
import dev.polyphony.providers.management.ProviderTest;
import dev.polyphony.providers.management.ProviderTests;
import dev.polyphony.providers.management.ProviderView;
import dev.polyphony.providers.wiring.ProvidersSettings;
import dev.polyphony.providers.wiring.ProvidersSettings.Probes;
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

    private final ProviderQueries providers;
    private final ProviderTests tests;
    private final Probes settings;

    @Autowired
    ProbeProviders(ProviderQueries providers, ProviderTests tests, ProvidersSettings settings) {
        this(providers, tests, settings.probes());
    }

    ProbeProviders(ProviderQueries providers, ProviderTests tests, Probes settings) {
        this.providers = providers;
        this.tests = tests;
        this.settings = settings;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(new IntervalTask(this::probe, settings.interval(), settings.interval()));
    }

    /** On threads of their own: the scheduler has one, and the heartbeat of this node runs on it. */
    void probe() {
        providers.all().stream()
                .filter(view -> view.settings().enabled())
                .forEach(view -> Thread.ofVirtual().name("probe-" + view.name()).start(() -> probe(view)));
    }

    private void probe(ProviderView view) {
        boolean asked = settings.vendors() || IN_THIS_PROCESS.contains(view.kind());
        Optional<ProviderTest> test = asked ? Optional.of(tests.run(view.name())) : tests.look(view.name());
        test.filter(seen -> !seen.passed())
                .ifPresent(failed -> LOG.warn("provider {} did not pass its probe: {}", view.name(), failed.reason()));
    }
}
