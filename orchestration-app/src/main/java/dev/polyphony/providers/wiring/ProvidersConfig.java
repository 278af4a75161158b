package dev.polyphony.providers.wiring;

import dev.polyphony.budgets.Budgets;
import dev.polyphony.outbound.OutboundPolicy;
import dev.polyphony.platform.DataDirectory;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.providers.wiring.ModelSettings.ModelSource;
import dev.polyphony.providers.wiring.ModelSettings.Routing;
import dev.polyphony.providers.resilience.ProviderLimits;
import dev.polyphony.providers.routing.FailoverRouter;
import dev.polyphony.providers.routing.ProviderCatalogue;
import dev.polyphony.providers.routing.ProviderConfig;
import dev.polyphony.providers.routing.ProviderFactory;
import dev.polyphony.providers.routing.ProviderRegistry;
import dev.polyphony.providers.routing.TimeSource;
import java.time.Clock;
import java.util.List;
import okhttp3.OkHttpClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Tells Spring about models. */
@Configuration(proxyBeanMethods = false)
class ProvidersConfig {
    @Bean
    ProviderFactory providers(
            OkHttpClient client, OutboundPolicy addresses, ModelSettings settings, DataDirectory directory, Environment environment) {
        ProviderCatalogue catalogue = settings.providerCatalogue() ? ProviderCatalogue.load() : ProviderCatalogue.empty();
        return new ProviderFactory(
                client, addresses, directory.resolve("models"), catalogue, environment::getProperty);
    }

    @Bean
    ConfiguredProviders configuredProviders(ProviderFactory providers, ModelSettings settings) {
        List<ProviderConfig> configs = settings.providers().entrySet().stream()
                .map(entry -> config(entry.getKey(), entry.getValue()))
                .toList();
        return new ConfiguredProviders(providers.from(configs, rules(settings.routing())));
    }

    @Bean
    TimeSource ticks(Clock clock) {
        return TimeSource.of(clock);
    }

    /** Also the {@code ProviderBoard} and the {@code ProviderControl}. */
    @Bean
    ProviderRegistry fleet(ConfiguredProviders providers, ModelSettings settings, TimeSource ticks) {
        return new ProviderRegistry(providers.all(), settings.routing().strategy(), ticks);
    }

    @Bean
    ModelRouter modelRouter(ProviderRegistry fleet, Budgets budgets, ModelSettings settings, TimeSource ticks) {
        return new FailoverRouter(fleet, budgets, settings.routing().hedge(), ticks);
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
