package dev.polyphony.providers.wiring;

import dev.polyphony.budgets.Budgets;
import dev.polyphony.outbound.OutboundPolicy;
import dev.polyphony.outbound.http.OutboundHttp;
import dev.polyphony.platform.DataDirectory;
import dev.polyphony.providers.InjectionAlerts;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.providers.config.ConfigResolver;
import dev.polyphony.providers.guard.GuardedRouter;
import dev.polyphony.providers.guard.InjectionDetector;
import dev.polyphony.providers.routing.ConfiguredProviders;
import dev.polyphony.providers.routing.FailoverRouter;
import dev.polyphony.providers.routing.ProviderFactory;
import dev.polyphony.providers.routing.ProviderRegistry;
import dev.polyphony.providers.routing.TimeSource;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Tells Spring about models. */
@Configuration(proxyBeanMethods = false)
class ProvidersConfig {
    @Bean
    ConfiguredProviders configuredProviders(
            OutboundHttp outbound,
            OutboundPolicy addresses,
            ProvidersSettings settings,
            DataDirectory directory,
            Environment environment) {
        ConfigResolver resolver = new ConfigResolver(
                settings.catalogue(),
                environment::getProperty,
                settings.routing().limits());
        ProviderFactory factory = new ProviderFactory(
                outbound.client(), outbound::calling, addresses, directory.resolve("models"), resolver);
        return new ConfiguredProviders(factory.from(settings.providers()));
    }

    @Bean
    TimeSource timeSource(Clock clock) {
        return TimeSource.of(clock);
    }

    /** Also the {@code ProviderQueries} and the {@code ProviderControl}. */
    @Bean
    ProviderRegistry providerRegistry(ConfiguredProviders providers, ProvidersSettings settings, TimeSource time) {
        return new ProviderRegistry(providers.all(), settings.routing().strategy(), time);
    }

    @Bean
    FailoverRouter failoverRouter(
            ProviderRegistry registry, Budgets budgets, ProvidersSettings settings, TimeSource time) {
        return new FailoverRouter(registry, budgets, settings.routing().hedge(), time);
    }

    /** Whoever asks a model asks this one, or one before it. */
    @Bean
    ModelRouter modelRouter(FailoverRouter router, GuardSettings settings, InjectionAlerts alerts) {
        return new GuardedRouter(router, new InjectionDetector(), settings.options(), alerts);
    }
}
