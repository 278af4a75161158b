package dev.polyphony.providers.wiring;

import dev.polyphony.budgets.Budgets;
import dev.polyphony.outbound.OutboundPolicy;
import dev.polyphony.platform.DataDirectory;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.providers.routing.ConfiguredProviders;
import dev.polyphony.providers.routing.FailoverRouter;
import dev.polyphony.providers.routing.ProviderFactory;
import dev.polyphony.providers.routing.ProviderRegistry;
import dev.polyphony.providers.routing.TimeSource;
import java.time.Clock;
import okhttp3.OkHttpClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Tells Spring about models. */
@Configuration(proxyBeanMethods = false)
class ProvidersConfig {
    @Bean
    ProviderFactory providers(
            OkHttpClient client, OutboundPolicy addresses, ProvidersSettings settings, DataDirectory directory, Environment environment) {
        return new ProviderFactory(
                client, addresses, directory.resolve("models"), settings.catalogue(), environment::getProperty);
    }

    @Bean
    ConfiguredProviders configuredProviders(ProviderFactory providers, ProvidersSettings settings) {
        return new ConfiguredProviders(
                providers.from(settings.configs(), settings.routing().limits()));
    }

    @Bean
    TimeSource ticks(Clock clock) {
        return TimeSource.of(clock);
    }

    /** Also the {@code ProviderBoard} and the {@code ProviderControl}. */
    @Bean
    ProviderRegistry fleet(ConfiguredProviders providers, ProvidersSettings settings, TimeSource ticks) {
        return new ProviderRegistry(providers.all(), settings.routing().strategy(), ticks);
    }

    @Bean
    ModelRouter modelRouter(ProviderRegistry fleet, Budgets budgets, ProvidersSettings settings, TimeSource ticks) {
        return new FailoverRouter(fleet, budgets, settings.routing().hedge(), ticks);
    }
}
