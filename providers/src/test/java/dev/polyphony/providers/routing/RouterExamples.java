package dev.polyphony.providers.routing;

import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.RouteOptions;
import dev.polyphony.providers.RoutingStrategy;
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.config.ProviderKind;
import dev.polyphony.providers.config.ProviderLimits;
import dev.polyphony.providers.config.ProviderLimits.Price;
import dev.polyphony.providers.contract.FakeProvider;
import dev.polyphony.providers.contract.FakeTime;
import dev.polyphony.providers.contract.ModelRequests;
import dev.polyphony.providers.contract.ProviderConfigs;
import dev.polyphony.providers.management.ProviderSettings;
import dev.polyphony.providers.management.ProviderView.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Providers in the order of their priorities, in a time that a test tells. */
final class RouterExamples {
    static final ModelRequest REQUEST =
            ModelRequests.about("Which finding is a security risk?").withTimeout(Duration.ofSeconds(60));
    static final RouteOptions OPTIONS = RouteOptions.within(Duration.ofSeconds(60));
    static final Duration TIMEOUT = Duration.ofSeconds(50);

    final FakeTime clock = new FakeTime();
    final List<Duration> pauses = new ArrayList<>();
    final TimeSource time = new TimeSource(clock, clock::nanos, this::pause, () -> 1);
    private final List<ConfiguredProvider> providers = new ArrayList<>();

    /** What is special about a provider. */
    record Special(
            ProviderKind kind,
            int retries,
            Limits limits,
            @Nullable Price price,
            @Nullable Integer window) {
        static final Special NOTHING = new Special(ProviderKind.OPENAI, 0, ProviderLimits.DEFAULT.rates(), null, null);

        Special retried(int times) {
            return new Special(kind, times, limits, price, window);
        }

        Special limited(int calls) {
            return new Special(kind, retries, new Limits(calls, null, null), price, window);
        }

        Special costing(Price other) {
            return new Special(kind, retries, limits, other, window);
        }

        Special reading(int tokens) {
            return new Special(kind, retries, limits, price, tokens);
        }

        Special ofKind(ProviderKind other) {
            return new Special(other, retries, limits, price, window);
        }
    }

    <P extends ModelProvider> P add(P provider) {
        return add(provider, Special.NOTHING);
    }

    <P extends ModelProvider> P add(P provider, Special special) {
        return add(provider, special, null);
    }

    <P extends ModelProvider> P add(P provider, Special special, @Nullable String disabledBecause) {
        int priority = 10 * (providers.size() + 1);
        ProviderSettings settings = new ProviderSettings(priority, TIMEOUT, disabledBecause == null, special.retries());
        ProviderLimits limits = new ProviderLimits(
                ProviderLimits.Circuit.DEFAULT,
                ProviderLimits.CoolDowns.DEFAULT,
                special.limits(),
                special.price(),
                special.window());
        providers.add(new ConfiguredProvider(
                provider, ProviderConfigs.guarded(provider.name(), special.kind(), settings, limits, disabledBecause)));
        return provider;
    }

    ProviderRegistry registry() {
        return new ProviderRegistry(providers, RoutingStrategy.PRIORITY, time);
    }

    FailoverRouter router() {
        return new FailoverRouter(registry(), false, time);
    }

    /** What comes of a request that any of them may answer. */
    static List<String> outcomes(FailoverRouter router) {
        return router.route(REQUEST, OPTIONS).attempts().stream()
                .map(ModelAttempt::outcome)
                .toList();
    }

    static FakeProvider failing(String name, Supplier<RuntimeException> failure) {
        return new FakeProvider(name, (_, _) -> {
            throw failure.get();
        });
    }

    ModelReply fine(ModelRequest request, ReplyListener listener) {
        clock.pass(Duration.ofSeconds(1));
        return FakeProvider.FINE;
    }

    ModelReply timeOutAfter(Duration length) {
        clock.pass(length);
        throw ProviderProblem.PROVIDER_TIMED_OUT.because("no reply after " + length);
    }

    private void pause(Duration length) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        pauses.add(length);
        clock.pass(length);
    }
}
