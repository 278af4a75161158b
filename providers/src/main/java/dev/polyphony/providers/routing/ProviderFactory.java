package dev.polyphony.providers.routing;

import dev.polyphony.outbound.OutboundPolicy;
import dev.polyphony.outbound.OutboundProblem;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.anthropic.AnthropicDialect;
import dev.polyphony.providers.config.ConfigResolver;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.config.ProviderKind;
import dev.polyphony.providers.config.ProviderProperties;
import dev.polyphony.providers.embedded.ExtractiveProvider;
import dev.polyphony.providers.gemini.GeminiDialect;
import dev.polyphony.providers.local.LlamaProvider;
import dev.polyphony.providers.local.LocalModels;
import dev.polyphony.providers.ollama.OllamaDialect;
import dev.polyphony.providers.openai.OpenAiDialect;
import dev.polyphony.providers.vendor.Dialect;
import dev.polyphony.providers.vendor.LangChainProvider;
import dev.polyphony.providers.vendor.ListedModelProvider;
import dev.polyphony.shared.Rejection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
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
    private final Function<URI, OkHttpClient> privateClients;
    private final OutboundPolicy policy;
    private final LocalModels models;
    private final ConfigResolver resolver;

    /** @param modelsDirectory where GGUF files lie; need not exist */
    public ProviderFactory(OkHttpClient client, OutboundPolicy policy, Path modelsDirectory, ConfigResolver resolver) {
        this(client, _ -> client, policy, modelsDirectory, resolver);
    }

    /** @param privateClients a client that may also call the host and port of a URL, whatever its address is */
    public ProviderFactory(
            OkHttpClient client,
            Function<URI, OkHttpClient> privateClients,
            OutboundPolicy policy,
            Path modelsDirectory,
            ConfigResolver resolver) {
        this.client = client;
        this.privateClients = privateClients;
        this.policy = policy;
        this.models = new LocalModels(modelsDirectory);
        this.resolver = resolver;
    }

    /**
     * The configured providers in the order given, then the others. Those that are {@link AutoCloseable} are the caller's to close.
     *
     * @throws IllegalArgumentException naming the setting that is missing or wrong
     */
    public List<ConfiguredProvider> from(Map<String, ProviderProperties> configured) {
        Map<String, ProviderProperties> all = new LinkedHashMap<>(configured);
        configured.keySet().stream()
                .filter(name -> !NAME.matcher(name).matches())
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "polyphony.providers: '%s' is not a name of 1 to 64 of a-z, 0-9, - and _".formatted(name));
                });
        resolver.knownNames().forEach(name -> all.putIfAbsent(name, ProviderProperties.NONE));
        if (!models.files().isEmpty()) {
            all.putIfAbsent(ProviderKind.LOCAL.word(), ProviderProperties.NONE);
        }
        all.putIfAbsent(ProviderKind.EMBEDDED.word(), ProviderProperties.NONE);
        return all.entrySet().stream()
                .map(entry -> resolver.resolve(entry.getKey(), entry.getValue()))
                .map(config -> new ConfiguredProvider(provider(config), config))
                .toList();
    }

    private ModelProvider provider(ProviderConfig config) {
        return switch (config.kind()) {
            case OPENAI -> remote(config, OpenAiDialect::new);
            case ANTHROPIC -> remote(config, AnthropicDialect::new);
            case GEMINI -> remote(config, GeminiDialect::new);
            case OLLAMA -> remote(config, OllamaDialect::new);
            case LOCAL -> new LlamaProvider(config.name(), modelFile(config), LlamaProvider.DEFAULT_CONTEXT_TOKENS);
            case EMBEDDED -> new ExtractiveProvider(config.name());
        };
    }

    private ModelProvider remote(ProviderConfig config, Function<ProviderConfig, Dialect> dialect) {
        OkHttpClient allowed = client(config);
        Function<ProviderConfig, ModelProvider> making =
                complete -> new LangChainProvider(complete, dialect.apply(complete), allowed);
        return config.selection().families().isEmpty() ? making.apply(config) : new ListedModelProvider(config, making);
    }

    /** The addresses of a provider that is not asked are not looked up. */
    private OkHttpClient client(ProviderConfig config) {
        URI url = config.baseUrl();
        if (!config.settings().enabled() || url == null) {
            return config.selection().privateAddress() && url != null && isLocalName(url)
                    ? privateClients.apply(url)
                    : client;
        }
        boolean isPrivate =
                isPrivate(url, config.key("base-url"), config.selection().privateAddress());
        return isPrivate ? privateClients.apply(url) : client;
    }

    /** An address that an operator names may be private, for this provider alone; that of a vendor may not. */
    private boolean isPrivate(URI url, String key, boolean allowed) {
        try {
            policy.check(url, key);
            return allowed && isLocalName(url);
        } catch (Rejection e) {
            if (allowed && e.problem() == OutboundProblem.ADDRESS_FORBIDDEN) {
                return true;
            }
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }

    /** A name without a dot, such as that of a container, which may not resolve before the container runs. */
    private static boolean isLocalName(URI url) {
        return url.getHost() != null && !url.getHost().contains(".");
    }

    private Path modelFile(ProviderConfig config) {
        Path file = config.model().isEmpty() ? firstModel() : models.resolve(config.model());
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
