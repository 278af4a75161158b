package dev.polyphony.providers.wiring;

import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.management.AskOnPurpose;
import dev.polyphony.providers.management.ProviderTest;
import dev.polyphony.providers.management.ProviderTests;
import dev.polyphony.providers.routing.ConfiguredProvider;
import dev.polyphony.providers.wiring.ProvidersConfig.ConfiguredProviders;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Asks the providers of this node on purpose. */
@Component
class TryProviders implements ProviderTests {
    private final ConfiguredProviders providers;
    private final AskOnPurpose question;
    private final Map<String, ProviderTest> last = new ConcurrentHashMap<>();

    TryProviders(ConfiguredProviders providers, Clock clock) {
        this.providers = providers;
        this.question = new AskOnPurpose(clock, System::nanoTime);
    }

    @Override
    public ProviderTest run(String name) {
        ModelProvider provider = providers.all().stream()
                .filter(each -> each.name().equals(name))
                .map(ConfiguredProvider::provider)
                .findFirst()
                .orElseThrow(() -> ProviderProblem.PROVIDER_UNKNOWN.because("there is no provider " + name));
        ProviderTest test = question.ask(provider);
        last.put(name, test);
        return test;
    }

    @Override
    public Optional<ProviderTest> last(String name) {
        return Optional.ofNullable(last.get(name));
    }
}
