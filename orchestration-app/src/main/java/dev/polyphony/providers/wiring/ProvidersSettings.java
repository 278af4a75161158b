package dev.polyphony.providers.wiring;

import dev.polyphony.providers.RoutingStrategy;
import dev.polyphony.providers.config.ProviderCatalogue;
import dev.polyphony.providers.config.ProviderLimits;
import dev.polyphony.providers.config.ProviderProperties;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
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
        @DefaultValue Map<String, ProviderProperties> providers) {
    /**
     * @param strategy the order in which providers are asked unless a request says otherwise
     * @param hedge whether a second provider is asked when the first takes longer than 95 % of its replies took
     * @param failuresToOpen failures in a row after which a provider is not asked for a while
     * @param openFor for how long it is not asked then
     * @param coolDownRateLimited how long a provider is left alone after a rate limit that named no time; doubled with each that
     *     follows without a reply in between
     * @param coolDownRateLimitedMax what that grows to
     * @param coolDownRefused how long it is left alone after it refused our key or quota
     * @param queuePlaces calls that may wait for one provider while it has as many at once as are allowed
     * @param queueWait how long each may wait
     */
    record Routing(
            @DefaultValue("priority") RoutingStrategy strategy,
            boolean hedge,
            @DefaultValue("5") @Min(1) int failuresToOpen,
            @DefaultValue("10m") @DurationMin(millis = 1) Duration openFor,
            @DefaultValue("5s") @DurationMin(millis = 1) Duration coolDownRateLimited,
            @DefaultValue("5m") @DurationMin(millis = 1) Duration coolDownRateLimitedMax,
            @DefaultValue("30m") @DurationMin(millis = 1) Duration coolDownRefused,
            @DefaultValue("128") @Min(0) int queuePlaces,
            @DefaultValue("2s") Duration queueWait) {
        ProviderLimits limits() {
            return new ProviderLimits(
                    new ProviderLimits.Circuit(failuresToOpen, openFor),
                    new ProviderLimits.CoolDowns(coolDownRateLimited, coolDownRateLimitedMax, coolDownRefused),
                    ProviderLimits.DEFAULT.rates(),
                    null,
                    null,
                    new ProviderLimits.Queue(queuePlaces, queueWait));
        }
    }

    /**
     * How this node looks after its providers unasked.
     *
     * @param interval between two probes of a provider
     * @param vendors whether models elsewhere are asked too, which may cost money or use up a free tier
     */
    public record Probes(
            @DefaultValue("5m") @DurationMin(minutes = 1) @DurationMax(hours = 24)
            Duration interval,

            boolean vendors) {}

    ProviderCatalogue catalogue() {
        return providerCatalogue ? ProviderCatalogue.load() : ProviderCatalogue.empty();
    }
}
