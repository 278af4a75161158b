package dev.polyphony.providers.wiring;

import dev.polyphony.providers.RoutingStrategy;
import dev.polyphony.providers.resilience.ProviderLimits;
import dev.polyphony.providers.routing.ProviderCatalogue;
import dev.polyphony.providers.routing.ProviderConfig;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which models there are and how they are asked; {@code docs/providers.md} explains it.
 *
 * @param providerCatalogue whether the providers of the catalogue are there, asked as soon as the environment has their key
 * @param providers by name
 */
@ConfigurationProperties("polyphony")
@Validated
public record ProvidersSettings(
        @DefaultValue("true") boolean providerCatalogue,
        @DefaultValue @Valid Routing routing,
        @DefaultValue @Valid Probes probes,
        @DefaultValue Map<String, ModelSource> providers) {
    /**
     * @param strategy the order in which providers are asked unless a request says otherwise
     * @param hedge whether a second provider is asked when the first takes longer than 95 % of its replies took
     * @param failuresToOpen failures in a row after which a provider is not asked for a while
     * @param openFor for how long it is not asked then
     * @param coolDownRateLimited how long a provider is left alone after a rate limit that named no time
     * @param coolDownRefused how long it is left alone after it refused our key, quota or model
     */
    record Routing(
            @DefaultValue("priority") RoutingStrategy strategy,
            boolean hedge,
            @DefaultValue("5") @Min(1) int failuresToOpen,
            @DefaultValue("10m") @DurationMin(millis = 1) Duration openFor,
            @DefaultValue("5m") @DurationMin(millis = 1) Duration coolDownRateLimited,
            @DefaultValue("30m") @DurationMin(millis = 1) Duration coolDownRefused) {
        ProviderLimits limits() {
            return new ProviderLimits(
                    new ProviderLimits.Circuit(failuresToOpen, openFor),
                    new ProviderLimits.CoolDowns(coolDownRateLimited, coolDownRefused),
                    ProviderLimits.DEFAULT.limits(),
                    null,
                    null);
        }
    }

    /**
     * How this node looks after its providers unasked.
     *
     * @param interval between two probes of a provider
     * @param vendors whether models elsewhere are asked too, which may cost money or use up a free tier
     */
    public record Probes(
            @DefaultValue("5m") @DurationMin(minutes = 1) @DurationMax(hours = 24) Duration interval,
            boolean vendors) {}

    /** One configured model provider. */
    record ModelSource(
            @Nullable String kind,
            @Nullable String baseUrl,
            @Nullable String apiKey,
            @Nullable String model,
            @Nullable String embeddingModel,
            @Nullable String json,
            @Nullable Integer priority,
            @Nullable Boolean enabled,
            @Nullable Duration connectTimeout,
            @Nullable Duration firstTokenTimeout,
            @Nullable Duration idleTimeout,
            @Nullable Duration timeout,
            @Nullable Integer maxRetries,
            @Nullable Integer contextTokens,
            @Nullable Integer maxConcurrentCalls,
            @Nullable Integer requestsPerMinute,
            @Nullable Integer tokensPerMinute,
            @Nullable BigDecimal inputPrice,
            @Nullable BigDecimal outputPrice) {
        private ProviderConfig named(String name) {
            return new ProviderConfig(
                    name,
                    kind,
                    baseUrl,
                    apiKey,
                    model,
                    embeddingModel,
                    json,
                    priority,
                    enabled,
                    new ProviderConfig.Waits(connectTimeout, firstTokenTimeout, idleTimeout, timeout),
                    new ProviderConfig.Bounds(
                            maxRetries,
                            contextTokens,
                            maxConcurrentCalls,
                            requestsPerMinute,
                            tokensPerMinute,
                            inputPrice,
                            outputPrice));
        }
    }

    ProviderCatalogue catalogue() {
        return providerCatalogue ? ProviderCatalogue.load() : ProviderCatalogue.empty();
    }

    List<ProviderConfig> configs() {
        return providers.entrySet().stream()
                .map(entry -> entry.getValue().named(entry.getKey()))
                .toList();
    }
}
