package dev.polyphony.providers.wiring;

import dev.polyphony.config.PolyphonyProperties;
import dev.polyphony.config.PolyphonyProperties.ModelSource;
import dev.polyphony.config.PolyphonyProperties.Routing;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.providers.RoutingStrategy;
import dev.polyphony.providers.budgets.Budgets;
import dev.polyphony.providers.http.BoundedDns;
import dev.polyphony.providers.http.OutboundAddresses;
import dev.polyphony.providers.http.OutboundHttp;
import dev.polyphony.providers.resilience.Rules;
import dev.polyphony.providers.routing.Catalogue;
import dev.polyphony.providers.routing.ConfiguredProvider;
import dev.polyphony.providers.routing.FailoverRouter;
import dev.polyphony.providers.routing.Fleet;
import dev.polyphony.providers.routing.ProviderConfig;
import dev.polyphony.providers.routing.Providers;
import dev.polyphony.providers.routing.Ticks;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.springframework.beans.factory.DisposableBean;
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
    Providers providers(
            OkHttpClient client, OutboundAddresses addresses, PolyphonyProperties properties, Environment environment) {
        Catalogue catalogue = properties.providerCatalogue() ? Catalogue.load() : Catalogue.empty();
        return new Providers(
                client, addresses, properties.dataPath().resolve("models"), catalogue, environment::getProperty);
    }

    @Bean
    ConfiguredProviders configuredProviders(Providers providers, PolyphonyProperties properties) {
        List<ProviderConfig> configs = properties.providers().entrySet().stream()
                .map(entry -> config(entry.getKey(), entry.getValue()))
                .toList();
        return new ConfiguredProviders(providers.from(configs, rules(properties.routing())));
    }

    @Bean
    Ticks ticks(Clock clock) {
        return Ticks.of(clock);
    }

    /** Also the {@code ProviderBoard} and the {@code ProviderControl}. */
    @Bean
    Fleet fleet(ConfiguredProviders providers, PolyphonyProperties properties, Ticks ticks) {
        String word = properties.routing().strategy();
        RoutingStrategy strategy = RoutingStrategy.of(word)
                .orElseThrow(() -> new IllegalArgumentException(
                        "polyphony.routing.strategy is one of %s, not '%s'".formatted(RoutingStrategy.words(), word)));
        return new Fleet(providers.all(), strategy, ticks);
    }

    @Bean
    ModelRouter modelRouter(Fleet fleet, Budgets budgets, PolyphonyProperties properties, Ticks ticks) {
        return new FailoverRouter(fleet, budgets, properties.routing().hedge(), ticks);
    }

    private static Rules rules(Routing routing) {
        return new Rules(
                new Rules.Circuit(routing.failuresToOpen(), routing.openFor()),
                new Rules.CoolDowns(routing.coolDownRateLimited(), routing.coolDownRefused()),
                Rules.USUAL.limits(),
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

    /** The providers of this node; those that hold native memory give it back when the server stops. */
    record ConfiguredProviders(List<ConfiguredProvider> all) implements DisposableBean {
        @Override
        public void destroy() throws Exception {
            for (ConfiguredProvider each : all) {
                if (each.provider() instanceof AutoCloseable closeable) {
                    closeable.close();
                }
            }
        }
    }
}
