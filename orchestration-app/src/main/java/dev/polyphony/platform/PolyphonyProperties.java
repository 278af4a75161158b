package dev.polyphony.platform;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What operators configure; {@code docs/configuration.md} explains each.
 *
 * @param dataDir where the embedded database, models and generated secrets live
 * @param apiKey an admin key to start with; empty to generate one
 * @param masterKey what secrets at rest are encrypted with, 64 hexadecimal digits; empty to generate one
 * @param providerCatalogue whether the providers of the catalogue are there, asked as soon as the environment has their key
 * @param sample whether the first start on an empty data directory runs the main job once
 */
@ConfigurationProperties("polyphony")
public record PolyphonyProperties(
        String dataDir,
        String apiKey,
        String masterKey,
        boolean providerCatalogue,
        boolean sample,
        Repositories repositories,
        Http http,
        Workflows workflows,
        Routing routing,
        Map<String, ModelSource> providers) {
    /** @param root the directory below which repositories may be inspected */
    public record Repositories(String root) {
        public Path path() {
            return Path.of(root).toAbsolutePath().normalize();
        }
    }

    /** @param allowedPrivateAddresses hosts and ports in private ranges that webhooks, tools and providers may reach */
    public record Http(List<String> allowedPrivateAddresses) {}

    /**
     * @param maxConcurrentSteps steps that this node works on at once, at least 1
     * @param stepTimeout the longest that the model calls of one step may take together
     */
    public record Workflows(int maxConcurrentSteps, Duration stepTimeout) {}

    /**
     * How models are asked.
     *
     * @param strategy the order in which providers are asked unless a request says otherwise, such as {@code priority}
     * @param hedge whether a second provider is asked when the first takes longer than 95 % of its replies took
     * @param failuresToOpen failures in a row after which a provider is not asked for a while, at least 1
     * @param openFor for how long it is not asked then
     * @param coolDownRateLimited how long a provider is left alone after a rate limit that named no time
     * @param coolDownRefused how long it is left alone after it refused our key, quota or model
     */
    public record Routing(
            String strategy,
            boolean hedge,
            int failuresToOpen,
            Duration openFor,
            Duration coolDownRateLimited,
            Duration coolDownRefused) {}

    /** One configured model provider. */
    public record ModelSource(
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
            @Nullable BigDecimal outputPrice) {}

    public PolyphonyProperties {
        providers = providers == null ? Map.of() : Map.copyOf(providers);
        http = http == null || http.allowedPrivateAddresses() == null ? new Http(List.of()) : http;
    }

    /** The data directory. Not bound as a path: Spring looks a relative one up on the class path first. */
    public Path dataPath() {
        return Path.of(dataDir).toAbsolutePath().normalize();
    }
}
