package dev.polyphony.providers.routing;

import dev.polyphony.providers.RoutingStrategy;
import dev.polyphony.providers.resilience.Measurements;
import dev.polyphony.providers.resilience.ProviderLimits.Price;
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
    private static final int USUAL_OUTPUT = 500;

    private final AtomicInteger turn = new AtomicInteger();

    /** A provider and where it stands; lower is asked earlier. Ranked once, for what is measured changes meanwhile. */
    private record Ranked(ManagedProvider member, double rank) {}

    /** @param members by priority */
    List<ManagedProvider> of(List<ManagedProvider> members, RoutingStrategy strategy, RoutedRequest<?> question) {
        return switch (strategy) {
            case PRIORITY -> members;
            case INTELLIGENT -> ranked(members, member -> -score(lately(member)));
            case FASTEST -> ranked(members, member -> seconds(lately(member)));
            case COST -> ranked(members, member -> cost(member, question));
            case ROUND_ROBIN -> inTurn(members);
        };
    }

    private static Measurements.Lately lately(ManagedProvider member) {
        return member.guarded().measurements().lately();
    }

    /** A model that only selects sentences would win every race, and is no substitute while others can be asked. */
    private static List<ManagedProvider> ranked(List<ManagedProvider> members, ToDoubleFunction<ManagedProvider> rank) {
        return members.stream()
                .map(member -> new Ranked(member, rank.applyAsDouble(member)))
                .sorted(Comparator.comparing(
                                (Ranked ranked) -> ranked.member().configured().onlySelects())
                        .thenComparingDouble(Ranked::rank))
                .map(Ranked::member)
                .toList();
    }

    /** Each request begins with another one; those behind follow in their order, those before come last. */
    private List<ManagedProvider> inTurn(List<ManagedProvider> members) {
        List<ManagedProvider> writers = members.stream()
                .filter(member -> !member.configured().onlySelects())
                .collect(Collectors.toCollection(ArrayList::new));
        if (!writers.isEmpty()) {
            Collections.rotate(writers, -Math.floorMod(turn.getAndIncrement(), writers.size()));
        }
        members.stream().filter(member -> member.configured().onlySelects()).forEach(writers::add);
        return writers;
    }

    /** Who was not asked lately is thought to be perfect, and is asked and measured therefore. */
    static double score(Measurements.Lately lately) {
        if (lately.successRate() == null) {
            return 1;
        }
        double speed = lately.meanSeconds() == null ? 0 : 1 / (1 + lately.meanSeconds());
        return WEIGHT_OF_SUCCESS * lately.successRate() + WEIGHT_OF_SPEED * speed;
    }

    /** Who was not asked lately comes first, who only failed comes last. */
    private static double seconds(Measurements.Lately lately) {
        if (lately.successRate() == null) {
            return 0;
        }
        return lately.meanSeconds() == null ? Double.MAX_VALUE : lately.meanSeconds();
    }

    /** In US dollars; nobody knows what one without a price costs. */
    private static double cost(ManagedProvider member, RoutedRequest<?> question) {
        Price price = member.guarded().rules().price();
        int output = question.output() == 0 ? USUAL_OUTPUT : question.output();
        return price == null
                ? Double.MAX_VALUE
                : price.of(question.input(), output).doubleValue();
    }
}
