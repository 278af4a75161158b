package dev.polyphony.providers.config;

import dev.polyphony.providers.config.ProviderLimits.Price;
import dev.polyphony.providers.management.ProviderSettings;
import dev.polyphony.providers.management.ProviderView.Limits;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Completes what operators say of a provider by the catalogue, the key in the environment and the defaults. What cannot work as
 * configured fails here, naming the setting.
 */
public final class ConfigResolver {
    private static final int DEFAULT_RETRIES = 2;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    private final ProviderCatalogue catalogue;
    private final UnaryOperator<@Nullable String> environment;
    private final ProviderLimits defaults;

    /**
     * @param environment the value of an environment variable; null when it is not set
     * @param defaults the limits of providers of which nothing else is said
     */
    public ConfigResolver(
            ProviderCatalogue catalogue, UnaryOperator<@Nullable String> environment, ProviderLimits defaults) {
        this.catalogue = catalogue;
        this.environment = environment;
        this.defaults = defaults;
    }

    /** Names of the providers that are known without configuration. */
    public List<String> knownNames() {
        return Stream.concat(
                        catalogue.entries().stream().map(ProviderCatalogue.CataloguedProvider::name),
                        Stream.of(ProviderKind.OLLAMA.word()).filter(_ -> namesOllama()))
                .toList();
    }

    /** @throws IllegalArgumentException naming the setting that is missing or wrong */
    public ProviderConfig resolve(String name, ProviderProperties given) {
        ProviderCatalogue.CataloguedProvider known = catalogue
                .find(name)
                .filter(entry -> given.kind() == null || given.kind().equals(entry.kind()))
                .orElse(null);
        ProviderProperties properties = completed(name, given, known);
        ProviderKind kind = kind(name, properties);
        List<String> families = families(properties, kind, known);
        String missing = missing(name, properties, kind, known);
        String disabled = Boolean.FALSE.equals(properties.enabled()) ? key(name, "enabled") + " is false" : missing;
        Checks checks = new Checks(name, properties);
        if (kind.isRemote()) {
            checks.remote(kind, disabled == null, families.isEmpty());
        }
        URI baseUrl = kind.isRemote() ? checks.baseUrl() : null;
        return new ProviderConfig(
                name,
                known == null ? name : known.title(),
                kind,
                baseUrl,
                properties.apiKey(),
                Objects.requireNonNullElse(properties.model(), ""),
                properties.embeddingModel(),
                json(name, properties, kind, baseUrl),
                checks.timeouts(),
                settings(checks, kind, disabled == null),
                limits(checks, kind),
                disabled,
                missing,
                new ProviderConfig.Selection(
                        checks.inAuto(kind),
                        families,
                        known == null || !Objects.equals(properties.baseUrl(), known.baseUrl())));
    }

    private ProviderProperties completed(
            String name, ProviderProperties given, ProviderCatalogue.@Nullable CataloguedProvider known) {
        if (known != null) {
            return given.or(known.properties()).or(keyFromEnvironment(known));
        }
        String ollama = name.equals(ProviderKind.OLLAMA.word()) ? environment.apply(OllamaHost.VARIABLE) : null;
        return ollama == null || ollama.isBlank()
                ? given
                : given.or(ProviderProperties.of(null, OllamaHost.baseUrl(ollama), null, null));
    }

    /** What a server with a list is asked for when nobody names a model; a configured one is always asked for. */
    private static List<String> families(
            ProviderProperties properties, ProviderKind kind, ProviderCatalogue.@Nullable CataloguedProvider known) {
        if (properties.model() != null) {
            return List.of();
        }
        if (known != null && known.families() != null) {
            return known.families();
        }
        return kind == ProviderKind.OLLAMA ? List.of(".*") : List.of();
    }

    /** Whether the environment names an Ollama server. */
    private boolean namesOllama() {
        String host = environment.apply(OllamaHost.VARIABLE);
        return !catalogue.entries().isEmpty() && host != null && !host.isBlank();
    }

    private static String key(String name, String setting) {
        return ProviderConfig.key(name, setting);
    }

    private ProviderProperties keyFromEnvironment(ProviderCatalogue.CataloguedProvider known) {
        String key = known.keyVariables().stream()
                .map(environment)
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .orElse(null);
        return ProviderProperties.of(null, null, key, null);
    }

    /**
     * A server that an operator names may want no key; that of the catalogue always does. What is configured without a key where
     * there has to be one fails, unless it is disabled or only known.
     */
    private static @Nullable String missing(
            String name,
            ProviderProperties properties,
            ProviderKind kind,
            ProviderCatalogue.@Nullable CataloguedProvider known) {
        if (properties.apiKey() != null) {
            return null;
        }
        if (known != null && known.baseUrl().equals(properties.baseUrl())) {
            return "there is no key; set %s or %s"
                    .formatted(String.join(", ", known.keyVariables()), key(name, "api-key"));
        }
        return kind.needsKey() && Boolean.FALSE.equals(properties.enabled())
                ? "there is no key; set " + key(name, "api-key")
                : null;
    }

    private static ProviderKind kind(String name, ProviderProperties properties) {
        String word = properties.kind() == null ? name : properties.kind();
        return ProviderKind.of(word)
                .orElseThrow(() -> new IllegalArgumentException("%s is one of %s, not '%s'"
                        .formatted(
                                key(name, "kind"),
                                ProviderKind.words(),
                                Objects.requireNonNullElse(properties.kind(), ""))));
    }

    /** Other servers that speak OpenAI's language are asked in the way that all of them understand. */
    private static JsonSupport json(
            String name, ProviderProperties properties, ProviderKind kind, @Nullable URI baseUrl) {
        String word = properties.json();
        if (word == null) {
            boolean knownToTakeSchemas = kind != ProviderKind.OPENAI
                    || (baseUrl != null && "api.openai.com".equalsIgnoreCase(baseUrl.getHost()));
            return knownToTakeSchemas ? JsonSupport.SCHEMA : JsonSupport.INSTRUCTIONS;
        }
        return JsonSupport.of(word)
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s is one of %s, not '%s'".formatted(key(name, "json"), JsonSupport.words(), word)));
    }

    private static ProviderSettings settings(Checks checks, ProviderKind kind, boolean enabled) {
        int priority = checks.name().equals(kind.word()) ? kind.builtInPriority : ProviderKind.CONFIGURED_PRIORITY;
        ProviderProperties given = checks.properties();
        return new ProviderSettings(
                checks.within("priority", given.priority(), priority, 0, ProviderSettings.MAX_PRIORITY),
                checks.duration("timeout", given.timeout(), DEFAULT_TIMEOUT),
                enabled,
                checks.within("max-retries", given.maxRetries(), DEFAULT_RETRIES, 0, ProviderSettings.MAX_RETRIES));
    }

    private ProviderLimits limits(Checks checks, ProviderKind kind) {
        ProviderProperties given = checks.properties();
        Limits rates = new Limits(
                checks.within(
                        "max-concurrent-calls",
                        given.maxConcurrentCalls(),
                        defaults.rates().concurrentCalls(),
                        1,
                        Integer.MAX_VALUE),
                checks.positive("requests-per-minute", given.requestsPerMinute()),
                checks.positive("tokens-per-minute", given.tokensPerMinute()));
        Price price = price(checks);
        return new ProviderLimits(
                defaults.circuit(),
                defaults.coolDowns(),
                rates,
                price == null && !kind.isRemote() ? Price.NOTHING : price,
                checks.positive("context-tokens", given.contextTokens()),
                defaults.queue());
    }

    /** Half a price is none: what the other half costs would be taken for nothing. */
    private static @Nullable Price price(Checks checks) {
        BigDecimal input = checks.properties().inputPrice();
        BigDecimal output = checks.properties().outputPrice();
        if (input == null && output == null) {
            return null;
        }
        if (input == null || output == null || input.signum() < 0 || output.signum() < 0) {
            throw new IllegalArgumentException("%s and %s go together and are 0 or more, not %s and %s"
                    .formatted(checks.key("input-price"), checks.key("output-price"), input, output));
        }
        return new Price(input, output);
    }
}
