package dev.polyphony.providers.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.RoutingStrategy;
import dev.polyphony.providers.config.JsonSupport;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.config.ProviderConfig.Selection;
import dev.polyphony.providers.config.ProviderKind;
import dev.polyphony.providers.config.ProviderLimits;
import dev.polyphony.providers.config.Timeouts;
import dev.polyphony.providers.embedded.ExtractiveProvider;
import dev.polyphony.providers.management.ProviderControl;
import dev.polyphony.providers.management.ProviderSettings;
import dev.polyphony.providers.management.ProviderTest;
import dev.polyphony.providers.management.ProviderTest.Verdict;
import dev.polyphony.providers.routing.ConfiguredProvider;
import dev.polyphony.providers.routing.ConfiguredProviders;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProviderTesterTest {
    private final Recoveries recoveries = new Recoveries();
    private final ProviderTester tests = new ProviderTester(
            new ConfiguredProviders(List.of(provider("there", null), provider("keyless", "there is no key; set KEY"))),
            recoveries,
            Clock.systemUTC());

    @Test
    void sendsNothingWithoutAKeyAndNamesTheSetting() {
        ProviderTest test = tests.run("keyless");

        assertThat(test.passed()).isFalse();
        assertThat(test.authentication().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(test.connectivity().verdict()).isEqualTo(Verdict.NOT_TESTED);
        assertThat(test.reason()).isEqualTo("there is no key; set KEY");
    }

    @Test
    void remembersHowItWentLast() {
        assertThat(tests.last("there")).isEmpty();

        ProviderTest looked = tests.look("there").orElseThrow();
        assertThat(tests.last("there")).contains(looked);

        assertThat(recoveries.reachable).containsExactly("there");
        assertThat(recoveries.recovered).isEmpty();

        assertThat(tests.run("there").passed()).isTrue();
        assertThat(recoveries.recovered).containsExactly("there");
        assertThat(tests.last("there"))
                .hasValueSatisfying(last -> assertThat(last.asked()).isTrue());
    }

    @Test
    void knowsNoOtherProviders() {
        assertThat(catchThrowableOfType(ProviderFailure.class, () -> tests.look("nobody"))
                        .problem())
                .isEqualTo(ProviderProblem.PROVIDER_UNKNOWN);
    }

    private static ConfiguredProvider provider(String name, @Nullable String missing) {
        return new ConfiguredProvider(
                new ExtractiveProvider(name),
                new ProviderConfig(
                        name,
                        name,
                        ProviderKind.EMBEDDED,
                        null,
                        null,
                        "",
                        null,
                        JsonSupport.INSTRUCTIONS,
                        Timeouts.DEFAULT,
                        new ProviderSettings(1, Duration.ofMinutes(1), missing == null, 0),
                        ProviderLimits.DEFAULT,
                        missing,
                        missing,
                        Selection.USUAL));
    }

    private static final class Recoveries implements ProviderControl {
        private final List<String> recovered = new ArrayList<>();
        private final List<String> reachable = new ArrayList<>();

        @Override
        public void apply(String name, ProviderSettings settings) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void apply(RoutingStrategy strategy) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void recovered(String name) {
            recovered.add(name);
        }

        @Override
        public void reachable(String name) {
            reachable.add(name);
        }
    }
}
