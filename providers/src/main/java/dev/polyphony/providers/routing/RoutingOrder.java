package dev.polyphony.providers.routing;

import dev.polyphony.providers.RoutingStrategy;
import dev.polyphony.providers.config.ProviderLimits.Price;
import dev.polyphony.providers.resilience.Measurements;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The order in which providers are asked, by strategy. Where a strategy sees no difference, priority decides. */
final class RoutingOrder {
    private static final double WEIGHT_OF_SUCCESS = 0.7;
    private static final double WEIGHT_OF_SPEED = 0.3;

    /** For how long a reply is thought to be when nobody limits it. */
    private static final int DEFAULT_OUTPUT = 500;

    private final AtomicInteger turn = new AtomicInteger();

    /** A provider and where it stands; lower is asked earlier. Ranked once, for what is measured changes meanwhile. */
    private record Ranked(ManagedProvider provider, double rank) {}

    /** @param providers by priority */
    List<ManagedProvider> of(List<ManagedProvider> providers, RoutingStrategy strategy, RoutedRequest<?> request) {
        return switch (strategy) {
            case PRIORITY -> providers;
            case INTELLIGENT -> ranked(providers, provider -> -score(recent(provider)));
            case FASTEST -> ranked(providers, provider -> seconds(recent(provider)));
            case COST -> ranked(providers, provider -> cost(provider, request));
            case ROUND_ROBIN -> inTurn(providers);
        };
    }

    private static Measurements.Recent recent(ManagedProvider provider) {
        return provider.guarded().measurements().recent();
    }

    /** A model that only selects sentences would win every race, and is no substitute while others can be asked. */
    private static List<ManagedProvider> ranked(
            List<ManagedProvider> providers, ToDoubleFunction<ManagedProvider> rank) {
        return providers.stream()
                .map(provider -> new Ranked(provider, rank.applyAsDouble(provider)))
                .sorted(Comparator.comparing(
                                (Ranked ranked) -> ranked.provider().onlySelects())
                        .thenComparingDouble(Ranked::rank))
                .map(Ranked::provider)
                .toList();
    }

    /** Each request begins with another one; those behind follow in their order, those before come last. */
    private List<ManagedProvider> inTurn(List<ManagedProvider> providers) {
        List<ManagedProvider> writers = providers.stream()
                .filter(provider -> !provider.onlySelects())
                .collect(Collectors.toCollection(ArrayList::new));
        if (!writers.isEmpty()) {
            Collections.rotate(writers, -Math.floorMod(turn.getAndIncrement(), writers.size()));
        }
        providers.stream().filter(provider -> provider.onlySelects()).forEach(writers::add);
        return writers;
    }

    /** Who was not asked lately is thought to be perfect, and is asked and measured therefore. */
    static double score(Measurements.Recent recent) {
        if (recent.successRate() == null) {
            return 1;
        }
        double speed = recent.meanSeconds() == null ? 0 : 1 / (1 + recent.meanSeconds());
        return WEIGHT_OF_SUCCESS * recent.successRate() + WEIGHT_OF_SPEED * speed;
    }

    /** Who was not asked lately comes first, who only failed comes last. */
    private static double seconds(Measurements.Recent recent) {
        if (recent.successRate() == null) {
            return 0;
        }
        return recent.meanSeconds() == null ? Double.MAX_VALUE : recent.meanSeconds();
    }

    /** In US dollars; nobody knows what one without a price costs. */
    private static double cost(ManagedProvider provider, RoutedRequest<?> request) {
        Price price = provider.guarded().limits().price();
        int output = request.output() == 0 ? DEFAULT_OUTPUT : request.output();
        return price == null
                ? Double.MAX_VALUE
                : price.of(request.input(), output).doubleValue();
    }
}
