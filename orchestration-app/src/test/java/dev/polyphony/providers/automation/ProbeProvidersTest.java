package dev.polyphony.providers.automation;

import static dev.polyphony.providers.management.ProviderTest.Verdict.FAIL;
import static dev.polyphony.providers.management.ProviderTest.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.providers.RoutingStrategy;
import dev.polyphony.providers.management.ProviderQueries;
import dev.polyphony.providers.management.ProviderSettings;
import dev.polyphony.providers.management.ProviderTest;
import dev.polyphony.providers.management.ProviderTest.Step;
import dev.polyphony.providers.management.ProviderTests;
import dev.polyphony.providers.management.ProviderView;
import dev.polyphony.providers.wiring.ProvidersSettings.Probes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProbeProvidersTest {
    private static final int TIMEOUT = 30;
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    @Test
    void looksAtVendorsWithoutAskingThem() throws InterruptedException {
        probe(false);

        assertThat(askedNext(3)).containsExactlyInAnyOrder("embedded", "look at llama", "look at paid");
        assertThat(asked).isEmpty();
    }

    @Test
    void asksVendorsWhereOperatorsWantThat() throws InterruptedException {
        probe(true);

        assertThat(askedNext(3)).containsExactlyInAnyOrder("embedded", "llama", "paid");
    }

    private void probe(boolean vendors) {
        new ProbeProviders(new Board(), new Tests(asked), new Probes(INTERVAL, vendors)).probe();
    }

    private Set<String> askedNext(int count) throws InterruptedException {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count; i++) {
            names.add(String.valueOf(asked.poll(TIMEOUT, TimeUnit.SECONDS)));
        }
        return names;
    }

    private record Tests(BlockingQueue<String> asked) implements ProviderTests {
        @Override
        public ProviderTest run(String name) {
            asked.add(name);
            Step passed = new Step(PASS, null);
            Step failed = new Step(FAIL, "it said nothing");
            return new ProviderTest(Instant.EPOCH, Duration.ZERO, true, passed, passed, passed, passed, failed);
        }

        @Override
        public Optional<ProviderTest> look(String name) {
            asked.add("look at " + name);
            return Optional.empty();
        }

        @Override
        public Optional<ProviderTest> last(String name) {
            return Optional.empty();
        }
    }

    private static final class Board implements ProviderQueries {
        @Override
        public List<ProviderView> all() {
            return List.of(
                    view("embedded", "embedded", true),
                    view("llama", "ollama", true),
                    view("off", "ollama", false),
                    view("paid", "openai", true));
        }

        private static ProviderView view(String name, String kind, boolean enabled) {
            return new ProviderView(
                    name,
                    name,
                    kind,
                    null,
                    "model",
                    Set.of(),
                    null,
                    new ProviderSettings(100, INTERVAL, enabled, 0),
                    new ProviderView.Limits(1, null, null),
                    enabled ? ProviderView.Status.ACTIVE : ProviderView.Status.DISABLED,
                    null,
                    null,
                    new ProviderView.Circuit(ProviderView.CircuitState.CLOSED, 0, 0, 0, null, null),
                    new ProviderView.Measured(0, 0, 0, 0, null, null, null, null, 0, 0, null));
        }

        @Override
        public Optional<ProviderView> find(String name) {
            return all().stream().filter(view -> view.name().equals(name)).findFirst();
        }

        @Override
        public RoutingStrategy strategy() {
            return RoutingStrategy.PRIORITY;
        }
    }
}
