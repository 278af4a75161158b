package dev.polyphony.providers.wiring;

import dev.polyphony.budgets.Budgets;
import dev.polyphony.outbound.http.BoundedDns;
import dev.polyphony.outbound.http.OutboundAddresses;
import dev.polyphony.outbound.http.OutboundHttp;
import dev.polyphony.platform.PolyphonyProperties.ModelSource;
import dev.polyphony.platform.PolyphonyProperties.Routing;
import dev.polyphony.platform.PolyphonyProperties;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.providers.RoutingStrategy;
import dev.polyphony.providers.resilience.ProviderLimits;
import dev.polyphony.providers.routing.FailoverRouter;
import dev.polyphony.providers.routing.ProviderCatalogue;
import dev.polyphony.providers.routing.ProviderConfig;
import dev.polyphony.providers.routing.ProviderFactory;
import dev.polyphony.providers.routing.ProviderRegistry;
import dev.polyphony.providers.routing.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Tells Spring about models and about the one client that calls out. */
@Configuration(proxyBeanMethods = false)
class ProvidersConfig {
    private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    @Bean
    OutboundAddresses outboundAddresses(PolyphonyProperties properties) {
        return new OutboundAddresses(
                properties.http().allowedPrivateAddresses(), new BoundedDns(Dns.SYSTEM, LOOKUP_TIMEOUT));
    }

    @Bean
    OutboundHttp outboundHttp(OutboundAddresses addresses) {
        return new OutboundHttp(addresses, CONNECT_TIMEOUT);
    }

    @Bean
    OkHttpClient outboundClient(OutboundHttp outbound) {
        return outbound.client();
    }

    @Bean
    ProviderFactory providers(
            OkHttpClient client, OutboundAddresses addresses, PolyphonyProperties properties, Environment environment) {
        ProviderCatalogue catalogue = properties.providerCatalogue() ? ProviderCatalogue.load() : ProviderCatalogue.empty();
        return new ProviderFactory(
                client, addresses, properties.dataPath().resolve("models"), catalogue, environment::getProperty);
    }

    @Bean
    ConfiguredProviders configuredProviders(ProviderFactory providers, PolyphonyProperties properties) {
        List<ProviderConfig> configs = properties.providers().entrySet().stream()
                .map(entry -> config(entry.getKey(), entry.getValue()))
                .toList();
        return new ConfiguredProviders(providers.from(configs, rules(properties.routing())));
    }

    @Bean
    TimeSource ticks(Clock clock) {
        return TimeSource.of(clock);
    }

    /** Also the {@code ProviderBoard} and the {@code ProviderControl}. */
    @Bean
    ProviderRegistry fleet(ConfiguredProviders providers, PolyphonyProperties properties, TimeSource ticks) {
        String word = properties.routing().strategy();
        RoutingStrategy strategy = RoutingStrategy.of(word)
                .orElseThrow(() -> new IllegalArgumentException(
                        "polyphony.routing.strategy is one of %s, not '%s'".formatted(RoutingStrategy.words(), word)));
        return new ProviderRegistry(providers.all(), strategy, ticks);
    }

    @Bean
    ModelRouter modelRouter(ProviderRegistry fleet, Budgets budgets, PolyphonyProperties properties, TimeSource ticks) {
        return new FailoverRouter(fleet, budgets, properties.routing().hedge(), ticks);
    }

    private static ProviderLimits rules(Routing routing) {
        return new ProviderLimits(
                new ProviderLimits.Circuit(routing.failuresToOpen(), routing.openFor()),
                new ProviderLimits.CoolDowns(routing.coolDownRateLimited(), routing.coolDownRefused()),
                ProviderLimits.DEFAULT.limits(),
                null,
                null);
    }

    private static ProviderConfig config(String name, ModelSource source) {
        return new ProviderConfig(
                name,
                source.kind(),
                source.baseUrl(),
                source.apiKey(),
                source.model(),
                source.embeddingModel(),
                source.json(),
                source.priority(),
                source.enabled(),
                new ProviderConfig.Waits(
                        source.connectTimeout(), source.firstTokenTimeout(), source.idleTimeout(), source.timeout()),
                new ProviderConfig.Bounds(
                        source.maxRetries(),
                        source.contextTokens(),
                        source.maxConcurrentCalls(),
                        source.requestsPerMinute(),
                        source.tokensPerMinute(),
                        source.inputPrice(),
                        source.outputPrice()));
    }
}
