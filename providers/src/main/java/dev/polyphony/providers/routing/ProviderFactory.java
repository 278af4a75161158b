package dev.polyphony.providers.routing;

import dev.polyphony.outbound.OutboundPolicy;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.anthropic.AnthropicDialect;
import dev.polyphony.providers.embedded.ExtractiveProvider;
import dev.polyphony.providers.gemini.GeminiDialect;
import dev.polyphony.providers.local.LlamaProvider;
import dev.polyphony.providers.local.LocalModels;
import dev.polyphony.providers.ollama.OllamaDialect;
import dev.polyphony.providers.openai.OpenAiDialect;
import dev.polyphony.providers.resilience.ProviderLimits;
import dev.polyphony.providers.vendor.Endpoint.JsonSupport;
import dev.polyphony.providers.vendor.Endpoint;
import dev.polyphony.providers.vendor.LangChainProvider;
import dev.polyphony.shared.Rejection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the providers: those that operators configured, those of the catalogue, and the built-in ones: {@code local} (priority
 * 900) when there is a GGUF file in the models directory, and {@code embedded} (priority 1000). Configuration of a name that is
 * known changes what is said about it and leaves the rest. Whatever cannot work as configured fails here, at start, naming the
 * setting.
 */
public final class ProviderFactory {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderFactory.class);
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,64}");

    private final OkHttpClient client;
    private final OutboundPolicy policy;
    private final LocalModels models;
    private final ProviderCatalogue catalogue;
    private final UnaryOperator<@Nullable String> environment;

    /**
     * @param modelsDirectory where GGUF files lie; need not exist
     * @param environment the value of an environment variable; null when it is not set
     */
    public ProviderFactory(
            OkHttpClient client,
            OutboundPolicy policy,
            Path modelsDirectory,
            ProviderCatalogue catalogue,
            UnaryOperator<@Nullable String> environment) {
        this.client = client;
        this.policy = policy;
        this.models = new LocalModels(modelsDirectory);
        this.catalogue = catalogue;
        this.environment = environment;
    }

    /**
     * The configured providers in the order given, then the others. ProviderFactory that are {@link AutoCloseable} are the caller's
     * to close.
     *
     * @param usual how providers are treated of which nothing else is said
     * @throws IllegalArgumentException naming the setting that is missing or wrong
     */
    public List<ConfiguredProvider> from(List<ProviderConfig> configs, ProviderLimits usual) {
        Set<String> names = new HashSet<>();
        List<ProviderConfig> all = new ArrayList<>(configs);
        for (ProviderConfig config : configs) {
            if (!NAME.matcher(config.name()).matches() || !names.add(config.name())) {
                throw new IllegalArgumentException(
                        "polyphony.providers: '%s' is not a name of 1 to 64 of a-z, 0-9, - and _, or it is used twice"
                                .formatted(config.name()));
            }
        }
        catalogue.entries().stream()
                .map(ProviderCatalogue.Entry::name)
                .filter(names::add)
                .map(ProviderConfig::named)
                .forEach(all::add);
        if (!names.contains(ProviderKind.LOCAL.word()) && firstModel() != null) {
            all.add(ProviderConfig.named(ProviderKind.LOCAL.word()));
        }
        if (!names.contains(ProviderKind.EMBEDDED.word())) {
            all.add(ProviderConfig.named(ProviderKind.EMBEDDED.word()));
        }
        return all.stream().map(config -> configured(config, usual)).toList();
    }

    /** A server that an operator names may want no key; that of the catalogue always does. */
    private ConfiguredProvider configured(ProviderConfig said, ProviderLimits usual) {
        ProviderCatalogue.Entry known = catalogue
                .find(said.name())
                .filter(entry -> said.kind() == null
                        || said.kind().isBlank()
                        || said.kind().equals(entry.kind()))
                .orElse(null);
        ProviderConfig config = known == null
                ? said.or(ProviderConfig.named(said.name()))
                : said.or(known.config()).or(keyFromEnvironment(known));
        ProviderKind kind = kind(config);
        int usualPriority = config.name().equals(kind.word()) ? kind.builtInPriority : ProviderKind.CONFIGURED_PRIORITY;
        String lacks = lacks(config, kind, known);
        String disabled = Boolean.FALSE.equals(config.enabled()) ? config.key("enabled") + " is false" : lacks;
        return new ConfiguredProvider(
                provider(config, kind, disabled == null),
                kind.word(),
                kind.isRemote() ? config.baseUrl() : null,
                config.settings(usualPriority, disabled == null),
                config.rules(usual.with(
                        known == null ? null : known.contextTokens(), kind.isRemote() ? null : ProviderLimits.Price.NOTHING)),
                disabled,
                lacks,
                known);
    }

    private ProviderConfig keyFromEnvironment(ProviderCatalogue.Entry known) {
        String value = environment.apply(known.keyVariable());
        String key = value == null ? null : value.strip();
        return new ProviderConfig(
                known.name(),
                null,
                null,
                key,
                null,
                null,
                null,
                null,
                null,
                ProviderConfig.Waits.DEFAULT,
                ProviderConfig.Bounds.DEFAULT);
    }

    /** What is configured without a key where there has to be one fails at start, unless it is disabled or only known. */
    private static @Nullable String lacks(ProviderConfig config, ProviderKind kind, ProviderCatalogue.@Nullable Entry known) {
        boolean keyless = config.apiKey() == null || config.apiKey().isBlank();
        if (keyless && known != null && known.baseUrl().equals(config.baseUrl())) {
            return "there is no key; set %s or %s".formatted(known.keyVariable(), config.key("api-key"));
        }
        return keyless && kind.needsKey() && Boolean.FALSE.equals(config.enabled())
                ? "there is no key; set " + config.key("api-key")
                : null;
    }

    private static ProviderKind kind(ProviderConfig config) {
        String word = config.kind() == null ? config.name() : config.kind();
        return ProviderKind.of(word)
                .orElseThrow(() -> new IllegalArgumentException("%s is one of %s, not '%s'"
                        .formatted(config.key("kind"), ProviderKind.words(), config.kind() == null ? "" : config.kind())));
    }

    private ModelProvider provider(ProviderConfig config, ProviderKind kind, boolean enabled) {
        return switch (kind) {
            case OPENAI -> {
                Endpoint endpoint = endpoint(config, kind, enabled);
                yield new LangChainProvider(endpoint, new OpenAiDialect(endpoint), client);
            }
            case ANTHROPIC -> new LangChainProvider(keyed(config, kind, enabled), new AnthropicDialect(), client);
            case GEMINI -> new LangChainProvider(keyed(config, kind, enabled), new GeminiDialect(), client);
            case OLLAMA -> new LangChainProvider(endpoint(config, kind, enabled), new OllamaDialect(), client);
            case LOCAL -> new LlamaProvider(config.name(), modelFile(config), LlamaProvider.DEFAULT_CONTEXT_TOKENS);
            case EMBEDDED -> new ExtractiveProvider(config.name());
        };
    }

    private Endpoint keyed(ProviderConfig config, ProviderKind kind, boolean enabled) {
        if (enabled) {
            required(config, kind, "api-key", config.apiKey(), "the vendor's key");
        }
        return endpoint(config, kind, enabled);
    }

    private Endpoint endpoint(ProviderConfig config, ProviderKind kind, boolean enabled) {
        String baseUrl = required(config, kind, "base-url", config.baseUrl(), "such as https://api.deepseek.com/v1");
        String model = required(config, kind, "model", config.model(), "such as deepseek-chat");
        URI url = url(baseUrl, config.key("base-url"), enabled);
        checkKey(config);
        return new Endpoint(
                config.name(),
                url,
                config.apiKey(),
                model,
                config.embeddingModel(),
                json(config, kind, url),
                config.timeouts().withoutCall());
    }

    /** Other servers that speak OpenAI's words are asked in the way that all of them understand. */
    private static JsonSupport json(ProviderConfig config, ProviderKind kind, URI url) {
        if (config.json() == null) {
            boolean knownToTakeSchemas = kind != ProviderKind.OPENAI || "api.openai.com".equalsIgnoreCase(url.getHost());
            return knownToTakeSchemas ? JsonSupport.SCHEMA : JsonSupport.INSTRUCTIONS;
        }
        return Arrays.stream(JsonSupport.values())
                .filter(support -> word(support).equals(config.json()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s is one of %s, not '%s'"
                        .formatted(
                                config.key("json"),
                                Arrays.stream(JsonSupport.values())
                                        .map(ProviderFactory::word)
                                        .collect(Collectors.joining(", ")),
                                config.json())));
    }

    private static String word(JsonSupport support) {
        return support.name().toLowerCase(Locale.ROOT);
    }

    /** Clients name a header's value when they refuse it, and the message ends up in logs. */
    private static void checkKey(ProviderConfig config) {
        String key = config.apiKey() == null ? "" : config.apiKey();
        if (!key.isBlank() && !key.chars().allMatch(character -> character > ' ' && character <= '~')) {
            throw new IllegalArgumentException(
                    config.key("api-key") + " has a blank or a character that is not ASCII, which no header takes");
        }
    }

    /** The addresses of a provider that is not asked are not looked up. */
    private URI url(String baseUrl, String key, boolean enabled) {
        try {
            URI url = URI.create(baseUrl);
            if (url.getRawQuery() != null || url.getRawFragment() != null) {
                throw new IllegalArgumentException("nothing can be appended to it");
            }
            if (enabled) {
                policy.check(url, key);
            }
            return url;
        } catch (Rejection e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s: '%s' is not a URL that a path can be appended to".formatted(key, baseUrl), e);
        }
    }

    private static String required(
            ProviderConfig config, ProviderKind kind, String setting, @Nullable String value, String example) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("%s is missing: a provider of kind %s needs it, %s"
                    .formatted(config.key(setting), kind.word(), example));
        }
        return value;
    }

    private Path modelFile(ProviderConfig config) {
        Path file = config.model() == null || config.model().isBlank() ? firstModel() : models.resolve(config.model());
        if (file == null || !Files.isRegularFile(file)) {
            throw new IllegalArgumentException("%s: there is no GGUF file %s; put one there or name another"
                    .formatted(config.key("model"), file == null ? "in the models directory" : file));
        }
        return file;
    }

    /** The first by name; with several files, operators can name another. */
    private @Nullable Path firstModel() {
        List<Path> files = models.files();
        if (files.size() > 1) {
            LOG.info(
                    "{} GGUF files, of which {} is served; polyphony.providers.local.model names another",
                    files.size(),
                    files.getFirst().getFileName());
        }
        return files.isEmpty() ? null : files.getFirst();
    }
}
