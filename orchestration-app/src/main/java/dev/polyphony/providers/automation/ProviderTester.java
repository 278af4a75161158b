package dev.polyphony.providers.automation;

import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.management.ProviderControl;
import dev.polyphony.providers.management.ProviderProbe;
import dev.polyphony.providers.management.ProviderTest;
import dev.polyphony.providers.management.ProviderTests;
import dev.polyphony.providers.routing.ConfiguredProvider;
import dev.polyphony.providers.routing.ConfiguredProviders;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Tries the providers of this node on purpose. */
@Component
class ProviderTester implements ProviderTests {
    private final ConfiguredProviders providers;
    private final ProviderControl control;
    private final ProviderProbe probe;
    private final Map<String, ProviderTest> last = new ConcurrentHashMap<>();

    ProviderTester(ConfiguredProviders providers, ProviderControl control, Clock clock) {
        this.providers = providers;
        this.control = control;
        this.probe = new ProviderProbe(clock, System::nanoTime);
    }

    @Override
    public ProviderTest run(String name) {
        ConfiguredProvider provider = configured(name);
        String missing = provider.config().missing();
        ProviderTest test = missing == null ? probe.ask(provider.provider()) : probe.lacking(missing);
        if (test.passed()) {
            control.recovered(name);
        }
        remember(name, test);
        return test;
    }

    @Override
    public Optional<ProviderTest> look(String name) {
        Optional<ProviderTest> test = probe.look(configured(name).provider());
        test.ifPresent(seen -> {
            if (seen.passed()) {
                control.reachable(name);
            }
            remember(name, seen);
        });
        return test;
    }

    private ConfiguredProvider configured(String name) {
        return providers.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ProviderProblem.PROVIDER_UNKNOWN.because("there is no provider " + name));
    }

    /** Of two that ran at once the one that began later counts. */
    private void remember(String name, ProviderTest test) {
        last.merge(name, test, (one, other) -> one.at().isAfter(other.at()) ? one : other);
    }

    @Override
    public Optional<ProviderTest> last(String name) {
        return Optional.ofNullable(last.get(name));
    }
}
