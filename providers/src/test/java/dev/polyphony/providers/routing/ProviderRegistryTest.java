package dev.polyphony.providers.routing;

import static dev.polyphony.providers.routing.RouterExamples.OPTIONS;
import static dev.polyphony.providers.routing.RouterExamples.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ModelRouter.Answered;
import dev.polyphony.providers.ModelRouter.Unanswered;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.RoutingStrategy;
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.config.ProviderKind;
import dev.polyphony.providers.config.ProviderLimits.Price;
import dev.polyphony.providers.contract.FakeProvider;
import dev.polyphony.providers.contract.FakeTime;
import dev.polyphony.providers.management.ProviderSettings;
import dev.polyphony.providers.management.ProviderView;
import dev.polyphony.providers.management.ProviderView.CircuitState;
import dev.polyphony.providers.management.ProviderView.Limits;
import dev.polyphony.providers.management.ProviderView.Measured;
import dev.polyphony.providers.management.ProviderView.Status;
import dev.polyphony.providers.routing.RouterExamples.Special;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProviderRegistryTest {
    private final RouterExamples all = new RouterExamples();

    @Test
    void inventsNothingBeforeTheFirstCall() {
        all.add(new FakeProvider("one", taking(1)));

        ProviderView view = view(all.registry(), "one");

        assertThat(view.status()).isEqualTo(Status.ACTIVE);
        assertThat(view.reason()).isNull();
        assertThat(view.measured()).isEqualTo(new Measured(0, 0, 0, 0, null, null, null, null, 0, 0, null));
        assertThat(view.circuit().lastFailureAt()).isNull();
    }

    @Test
    void tellsWhatWasMeasured() {
        all.add(new FakeProvider("one", taking(2)), Special.NOTHING.costing(new Price(BigDecimal.ONE, BigDecimal.TEN)));
        ProviderRegistry registry = all.registry();
        ask(registry, null);
        ask(registry, null);

        assertThat(view(registry, "one").measured())
                .isEqualTo(new Measured(
                        2, 2, 0, 0, 1.0, 2.0, null, FakeTime.START.plusSeconds(2), 62, 14, new BigDecimal("0.000202")));
    }

    @Test
    void saysWhyAProviderIsNotAsked() {
        FakeProvider limited =
                all.add(failing("limited", ProviderProblem.PROVIDER_RATE_LIMITED, Duration.ofMinutes(5)));
        all.add(failing("keyless", ProviderProblem.PROVIDER_REFUSED_KEY));
        all.add(failing("down", ProviderProblem.PROVIDER_FAILED));
        all.add(
                new FakeProvider("frugal", taking(1)),
                new Special(ProviderKind.OPENAI, 0, new Limits(9, 1, null), null, null));
        all.add(new FakeProvider("resting", taking(1)), Special.NOTHING, "it rests");
        all.add(new FakeProvider("last", taking(1)));
        ProviderRegistry registry = all.registry();
        IntStream.range(0, 5).forEach(_ -> ask(registry, null));

        assertThat(registry.all())
                .extracting(ProviderView::status)
                .containsExactly(
                        Status.RATE_LIMITED,
                        Status.UNAVAILABLE,
                        Status.UNAVAILABLE,
                        Status.RATE_LIMITED,
                        Status.DISABLED,
                        Status.ACTIVE);
        assertThat(view(registry, "limited").coolingUntil()).isEqualTo(FakeTime.START.plus(Duration.ofMinutes(5)));
        assertThat(view(registry, "limited").reason()).contains("2030-01-01T00:05:00Z", "its vendor limits our rate");
        assertThat(view(registry, "down").circuit().state()).isEqualTo(CircuitState.OPEN);
        assertThat(view(registry, "down").circuit().nextAttemptAt()).isNotNull();
        assertThat(view(registry, "down").reason()).contains("5 times in a row");
        assertThat(view(registry, "resting").reason()).isEqualTo("it rests");
        assertThat(limited.asked()).hasSize(1);
    }

    @Test
    void putsTheEmbeddedModelInNobodysPlace() {
        all.add(failing("down", ProviderProblem.PROVIDER_FAILED));
        all.add(new FakeProvider("embedded", taking(1)), Special.NOTHING.ofKind(ProviderKind.EMBEDDED));
        FailoverRouter router = new FailoverRouter(all.registry(), false, all.time);
        ModelRequest question = REQUEST.withPassages(List.of());

        assertThat(router.route(question, OPTIONS)).isInstanceOf(Unanswered.class);
        assertThat(router.route(question, OPTIONS.only(Set.of("embedded")))).isInstanceOf(Answered.class);
        assertThat(router.route(REQUEST, OPTIONS))
                .as("it selects from the passages that a step brings")
                .isInstanceOf(Answered.class);
    }

    @Test
    void asksTheEmbeddedModelWhereNobodyElseIs() {
        all.add(new FakeProvider("embedded", taking(1)), Special.NOTHING.ofKind(ProviderKind.EMBEDDED));
        FailoverRouter router = new FailoverRouter(all.registry(), false, all.time);

        assertThat(router.route(REQUEST.withPassages(List.of()), OPTIONS)).isInstanceOf(Answered.class);
    }

    @Test
    void followsChangedSettingsAtOnce() {
        FakeProvider first = all.add(new FakeProvider("first", taking(1)));
        all.add(new FakeProvider("second", taking(1)));
        ProviderRegistry registry = all.registry();
        registry.apply("second", new ProviderSettings(1, Duration.ofSeconds(5), true, 0));
        assertThat(ask(registry, null)).isEqualTo("second");
        assertThat(registry.all()).extracting(ProviderView::name).containsExactly("second", "first");

        registry.apply("second", new ProviderSettings(1, Duration.ofSeconds(5), false, 0));
        assertThat(ask(registry, null)).isEqualTo("first");
        assertThat(view(registry, "second").reason()).isEqualTo("an operator disabled it");

        registry.apply("first", new ProviderSettings(1, Duration.ofSeconds(3), true, 0));
        ask(registry, null);
        assertThat(first.asked().getLast().timeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void refusesSettingsThatCannotWork() {
        all.add(new FakeProvider("keyless", taking(1)), Special.NOTHING, "there is no key");
        ProviderRegistry registry = all.registry();

        assertThatThrownBy(() -> registry.apply("keyless", new ProviderSettings(1, Duration.ofSeconds(1), true, 0)))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.problem()).isEqualTo(ProviderProblem.PROVIDER_NOT_CONFIGURED))
                .hasMessageContaining("there is no key");
        assertThatThrownBy(() -> registry.apply("nobody", new ProviderSettings(1, Duration.ofSeconds(1), true, 0)))
                .hasMessageContaining("There are: keyless");
    }

    @Test
    void asksTheReliableAndFastFirstWhenItIsIntelligent() {
        all.add(new FakeProvider("slow", taking(9)));
        all.add(flaky("flaky"));
        all.add(new FakeProvider("good", taking(1)));
        ProviderRegistry registry = all.registry();
        List.of("slow", "flaky", "good").forEach(name -> askOnly(registry, name));
        askOnly(registry, "flaky");

        // good 0.7 + 0.3/2 = 0.85, slow 0.7 + 0.3/10 = 0.73, flaky 0.35 + 0.3/1 = 0.65
        assertThat(order(registry, RoutingStrategy.INTELLIGENT)).containsExactly("good", "slow", "flaky");
    }

    @Test
    void asksWhomItDoesNotKnowFirstWhenItIsIntelligent() {
        all.add(new FakeProvider("known", taking(1)));
        all.add(new FakeProvider("new", taking(1)));
        ProviderRegistry registry = all.registry();
        askOnly(registry, "known");

        assertThat(order(registry, RoutingStrategy.INTELLIGENT)).containsExactly("new", "known");
    }

    @Test
    void asksTheFastestFirst() {
        all.add(new FakeProvider("slow", taking(9)));
        all.add(failing("never", ProviderProblem.PROVIDER_FAILED));
        all.add(new FakeProvider("fast", taking(1)));
        ProviderRegistry registry = all.registry();
        List.of("slow", "never", "fast").forEach(name -> askOnly(registry, name));

        assertThat(order(registry, RoutingStrategy.FASTEST)).containsExactly("fast", "slow", "never");
    }

    @Test
    void takesTurns() {
        List.of("a", "b", "c").forEach(name -> all.add(new FakeProvider(name, taking(1))));
        ProviderRegistry registry = all.registry();
        registry.apply(RoutingStrategy.ROUND_ROBIN);

        assertThat(IntStream.range(0, 4).mapToObj(_ -> ask(registry, null)).toList())
                .containsExactly("a", "b", "c", "a");
        assertThat(order(registry, RoutingStrategy.ROUND_ROBIN)).containsExactly("b", "c", "a");
    }

    @Test
    void asksTheCheapestFirst() {
        all.add(new FakeProvider("unpriced", taking(1)));
        all.add(new FakeProvider("dear", taking(1)), priced("3", "15"));
        all.add(new FakeProvider("cheap", taking(1)), priced("0.27", "1.10"));

        assertThat(order(all.registry(), RoutingStrategy.COST)).containsExactly("cheap", "dear", "unpriced");
    }

    @Test
    void putsTheModelThatOnlySelectsLast() {
        all.add(
                new FakeProvider("selects", taking(0)),
                Special.NOTHING.ofKind(ProviderKind.EMBEDDED).costing(Price.NOTHING));
        all.add(new FakeProvider("writes", taking(9)));
        ProviderRegistry registry = all.registry();
        List.of("selects", "writes").forEach(name -> askOnly(registry, name));

        assertThat(order(registry, RoutingStrategy.PRIORITY)).containsExactly("selects", "writes");
        for (RoutingStrategy strategy : RoutingStrategy.values()) {
            if (strategy != RoutingStrategy.PRIORITY) {
                assertThat(order(registry, strategy)).as(strategy.word()).containsExactly("writes", "selects");
            }
        }
    }

    private static List<String> order(ProviderRegistry registry, RoutingStrategy strategy) {
        return registry.candidates(OPTIONS.by(strategy), new RoutedRequest.Message(REQUEST, false)).stream()
                .map(Candidate::name)
                .toList();
    }

    private void askOnly(ProviderRegistry registry, String name) {
        new FailoverRouter(registry, false, all.time).route(REQUEST, OPTIONS.only(Set.of(name)));
    }

    private String ask(ProviderRegistry registry, @Nullable RoutingStrategy strategy) {
        return ((Answered<ModelReply>)
                        new FailoverRouter(registry, false, all.time).route(REQUEST, OPTIONS.by(strategy)))
                .provider();
    }

    private static ProviderView view(ProviderRegistry registry, String name) {
        return registry.find(name).orElseThrow();
    }

    private static Special priced(String input, String output) {
        return Special.NOTHING.costing(new Price(new BigDecimal(input), new BigDecimal(output)));
    }

    private BiFunction<ModelRequest, ReplyListener, ModelReply> taking(int seconds) {
        return (_, _) -> {
            all.clock.pass(Duration.ofSeconds(seconds));
            return FakeProvider.FINE;
        };
    }

    /** Every second call fails. */
    private static FakeProvider flaky(String name) {
        boolean[] well = {false};
        return new FakeProvider(name, (_, _) -> {
            well[0] = !well[0];
            if (well[0]) {
                return FakeProvider.FINE;
            }
            throw ProviderProblem.PROVIDER_FAILED.because(name + " fails");
        });
    }

    private static FakeProvider failing(String name, ProviderProblem problem, Duration wait) {
        return new FakeProvider(name, (_, _) -> {
            throw problem.because(name + " fails").answered(429, wait);
        });
    }

    private static FakeProvider failing(String name, ProviderProblem problem) {
        return new FakeProvider(name, (_, _) -> {
            throw problem.because(name + " fails");
        });
    }
}
