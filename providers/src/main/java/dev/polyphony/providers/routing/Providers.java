package dev.polyphony.providers.routing;

import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.embedded.ExtractiveProvider;
import dev.polyphony.providers.local.LlamaProvider;
import dev.polyphony.providers.local.LocalModels;
import dev.polyphony.providers.openai.OpenAiCompatibleProvider;
import dev.polyphony.providers.openai.OpenAiEndpoint;
import dev.polyphony.shared.OutboundPolicy;
import dev.polyphony.shared.Rejection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the providers that operators configured and the built-in ones: {@code local} (priority 900) when there is a GGUF file
 * in the models directory, and {@code embedded} (priority 1000). A configured provider of the same name replaces a built-in
 * one. Whatever cannot work as configured fails here, at start, naming the setting.
 */
public final class Providers {
    private static final Logger LOG = LoggerFactory.getLogger(Providers.class);
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,64}");

    private final OkHttpClient client;
    private final OutboundPolicy policy;
    private final LocalModels models;

    /** @param modelsDirectory where GGUF files lie; need not exist */
    public Providers(OkHttpClient client, OutboundPolicy policy, Path modelsDirectory) {
        this.client = client;
        this.policy = policy;
        this.models = new LocalModels(modelsDirectory);
    }

    /**
     * The configured providers in the order given, then the built-in ones. Providers that are {@link AutoCloseable} are the
     * caller's to close.
     *
     * @throws IllegalArgumentException naming the setting that is missing or wrong
     */
    public List<ConfiguredProvider> from(List<ProviderConfig> configs) {
        Set<String> names = new HashSet<>();
        List<ProviderConfig> all = new ArrayList<>(configs);
        for (ProviderConfig config : configs) {
            if (!NAME.matcher(config.name()).matches() || !names.add(config.name())) {
                throw new IllegalArgumentException(
                        "polyphony.providers: '%s' is not a name of 1 to 64 of a-z, 0-9, - and _, or it is used twice"
                                .formatted(config.name()));
            }
        }
        if (!names.contains(Kind.LOCAL.word()) && firstModel() != null) {
            all.add(ProviderConfig.named(Kind.LOCAL.word()));
        }
        if (!names.contains(Kind.EMBEDDED.word())) {
            all.add(ProviderConfig.named(Kind.EMBEDDED.word()));
        }
        return all.stream().map(this::configured).toList();
    }

    private ConfiguredProvider configured(ProviderConfig config) {
        Kind kind = kind(config);
        boolean builtIn = config.name().equals(kind.word());
        int usual = builtIn ? kind.builtInPriority : Kind.CONFIGURED_PRIORITY;
        return new ConfiguredProvider(
                provider(config, kind),
                kind.word(),
                config.priority() == null ? usual : config.priority(),
                config.enabled() == null || config.enabled());
    }

    private static Kind kind(ProviderConfig config) {
        String word = config.kind() == null || config.kind().isBlank() ? config.name() : config.kind();
        return Kind.of(word)
                .orElseThrow(() -> new IllegalArgumentException("%s is one of %s, not '%s'"
                        .formatted(config.key("kind"), Kind.words(), config.kind() == null ? "" : config.kind())));
    }

    private ModelProvider provider(ProviderConfig config, Kind kind) {
        return switch (kind) {
            case OPENAI -> new OpenAiCompatibleProvider(endpoint(config), client);
            case LOCAL -> new LlamaProvider(config.name(), modelFile(config), LlamaProvider.DEFAULT_CONTEXT_TOKENS);
            case EMBEDDED -> new ExtractiveProvider(config.name());
        };
    }

    private OpenAiEndpoint endpoint(ProviderConfig config) {
        String baseUrl = required(config, "base-url", config.baseUrl(), "such as https://api.deepseek.com/v1");
        String model = required(config, "model", config.model(), "such as deepseek-chat");
        String key = config.apiKey() == null || config.apiKey().isBlank()
                ? null
                : config.apiKey().strip();
        return new OpenAiEndpoint(config.name(), reachable(baseUrl, config.key("base-url")), key, model);
    }

    private URI reachable(String baseUrl, String key) {
        try {
            URI url = URI.create(baseUrl);
            policy.check(url, key);
            return url;
        } catch (Rejection e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s: '%s' is not a URL".formatted(key, baseUrl), e);
        }
    }

    private static String required(ProviderConfig config, String setting, @Nullable String value, String example) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "%s is missing: a provider of kind openai needs it, %s".formatted(config.key(setting), example));
        }
        return value.strip();
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
