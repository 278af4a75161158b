package dev.polyphony.providers.routing;

import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.RouteOptions;
import dev.polyphony.providers.RoutingStrategy;
import dev.polyphony.providers.management.ProviderControl;
import dev.polyphony.providers.management.ProviderQueries;
import dev.polyphony.providers.management.ProviderSettings;
import dev.polyphony.providers.management.ProviderView;
import dev.polyphony.providers.resilience.GuardedProvider;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The providers of this node with all that is known of them while it runs. */
public final class ProviderRegistry implements ProviderQueries, ProviderControl {
    private final List<ManagedProvider> providers;
    private final RoutingOrder order = new RoutingOrder();
    private volatile RoutingStrategy strategy;

    /** @param providers of equal priority, the one that stands first comes first */
    public ProviderRegistry(Collection<ConfiguredProvider> providers, RoutingStrategy strategy, TimeSource time) {
        this.providers = providers.stream()
                .map(configured -> new ManagedProvider(
                        new GuardedProvider(configured.provider(), configured.config(), time.clock(), time.nanos())))
                .toList();
        this.strategy = strategy;
    }

    /** Those that may be asked, in the order in which they are asked. */
    List<Candidate> candidates(RouteOptions options, RoutedRequest<?> request) {
        List<ManagedProvider> allowed = byPriority()
                .filter(ManagedProvider::isEnabled)
                .filter(provider ->
                        options.allowed().isEmpty() || options.allowed().contains(provider.name()))
                .toList();
        List<ManagedProvider> asked = allowed.stream()
                .filter(provider -> serves(provider, allowed, options, request))
                .toList();
        RoutingStrategy by = options.strategy() == null ? strategy : options.strategy();
        return order.of(asked, by, request).stream()
                .map(provider -> new Candidate(provider.guarded()))
                .toList();
    }

    /**
     * The embedded model only selects sentences. Whoever did not name it, and brings no passages to select from, does not get it in
     * place of an answer, unless operators want that or nobody else is there.
     */
    private static boolean serves(
            ManagedProvider provider, List<ManagedProvider> allowed, RouteOptions options, RoutedRequest<?> request) {
        if (!provider.onlySelects() || options.allowed().contains(provider.name()) || request.bringsPassages()) {
            return true;
        }
        Boolean inAuto = provider.config().selection().inAuto();
        return inAuto == null
                ? allowed.stream()
                        .filter(other -> !other.onlySelects())
                        .noneMatch(other ->
                                other.guarded().provider().capabilities().containsAll(request.needs()))
                : inAuto;
    }

    /** Why nobody may be asked. */
    String whyNobody(RouteOptions options) {
        String names = byPriority()
                .map(provider -> provider.isEnabled()
                        ? provider.name()
                        : "%s (disabled: %s)".formatted(provider.name(), provider.disabledBecause()))
                .collect(Collectors.joining(", "));
        return options.allowed().isEmpty()
                ? "no provider is enabled; there are: %s".formatted(names)
                : "none of %s is an enabled provider; there are: %s"
                        .formatted(options.allowed().stream().sorted().toList(), names);
    }

    List<String> enabled() {
        return byPriority()
                .filter(ManagedProvider::isEnabled)
                .map(ManagedProvider::name)
                .toList();
    }

    @Override
    public List<ProviderView> all() {
        return byPriority().map(ManagedProvider::view).toList();
    }

    @Override
    public Optional<ProviderView> find(String name) {
        return provider(name).map(ManagedProvider::view);
    }

    @Override
    public RoutingStrategy strategy() {
        return strategy;
    }

    @Override
    public void apply(String name, ProviderSettings settings) {
        ManagedProvider provider = provider(name)
                .orElseThrow(() -> ProviderProblem.PROVIDER_UNKNOWN.because("There is no provider '%s'. There are: %s."
                        .formatted(name, byPriority().map(ManagedProvider::name).collect(Collectors.joining(", ")))));
        String lacks = provider.config().missing();
        if (settings.enabled() && lacks != null) {
            throw ProviderProblem.PROVIDER_NOT_CONFIGURED.because(
                    "The provider '%s' cannot be enabled: %s.".formatted(name, lacks));
        }
        provider.guarded().apply(settings);
    }

    @Override
    public void recovered(String name) {
        provider(name).ifPresent(provider -> provider.guarded().recovered());
    }

    @Override
    public void reachable(String name) {
        provider(name).ifPresent(provider -> provider.guarded().reachable());
    }

    @Override
    public void apply(RoutingStrategy changed) {
        strategy = changed;
    }

    private Stream<ManagedProvider> byPriority() {
        return providers.stream()
                .sorted(Comparator.comparingInt(
                        provider -> provider.guarded().settings().priority()));
    }

    private Optional<ManagedProvider> provider(String name) {
        return providers.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst();
    }
}
