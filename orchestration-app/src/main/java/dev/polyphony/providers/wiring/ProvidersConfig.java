package dev.polyphony.providers.wiring;

import dev.polyphony.config.PolyphonyProperties;
import dev.polyphony.config.PolyphonyProperties.ModelSource;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.providers.http.BoundedDns;
import dev.polyphony.providers.http.OutboundAddresses;
import dev.polyphony.providers.http.OutboundHttp;
import dev.polyphony.providers.routing.Catalogue;
import dev.polyphony.providers.routing.ConfiguredProvider;
import dev.polyphony.providers.routing.PriorityRouter;
import dev.polyphony.providers.routing.ProviderConfig;
import dev.polyphony.providers.routing.Providers;
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
        return new ConfiguredProviders(providers.from(properties.providers().entrySet().stream()
                .map(entry -> config(entry.getKey(), entry.getValue()))
                .toList()));
    }

    @Bean
    ModelRouter modelRouter(ConfiguredProviders providers, Clock clock) {
        return new PriorityRouter(providers.all(), clock, System::nanoTime);
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
                        source.connectTimeout(), source.firstTokenTimeout(), source.idleTimeout(), source.timeout()));
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
