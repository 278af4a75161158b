package dev.polyphony.providers.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The providers that are known without configuration; each still needs its key. */
public final class ProviderCatalogue {
    private static final String FILE = "catalogue.json";

    /**
     * What is known of one provider.
     *
     * @param title what people call it
     * @param keyVariables the environment variables with its key; the first that is set counts
     * @param baseUrl where its vendor serves it
     * @param model the model that is asked unless another one is configured; null when it is chosen from the vendor's list
     * @param families which models of that list are taken, as patterns, the best first
     * @param embeddingModel the vendor's model for embeddings; null when there is none
     * @param contextTokens tokens that a request and its reply may have together
     * @param paid whether it costs money from the first token; otherwise there is a free tier with limits
     * @param json how the model is made to reply in JSON
     */
    public record CataloguedProvider(
            String name,
            String title,
            String kind,
            List<String> keyVariables,
            String baseUrl,
            @Nullable String model,
            @Nullable List<String> families,
            @Nullable String embeddingModel,
            int priority,
            int contextTokens,
            boolean paid,
            String json) {
        /** What holds where operators say nothing. */
        ProviderProperties properties() {
            return new ProviderProperties(
                    kind,
                    baseUrl,
                    null,
                    model,
                    embeddingModel,
                    json,
                    priority,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    contextTokens,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
    }

    private final List<CataloguedProvider> entries;

    private ProviderCatalogue(List<CataloguedProvider> entries) {
        this.entries = List.copyOf(entries);
    }

    public static ProviderCatalogue empty() {
        return new ProviderCatalogue(List.of());
    }

    /** The catalogue that this version comes with. */
    public static ProviderCatalogue load() {
        JsonMapper mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        try (InputStream file = Objects.requireNonNull(ProviderCatalogue.class.getResourceAsStream(FILE), FILE)) {
            return new ProviderCatalogue(mapper.readValue(file, new TypeReference<List<CataloguedProvider>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }

    /** In the order of their priorities. */
    public List<CataloguedProvider> entries() {
        return entries;
    }

    Optional<CataloguedProvider> find(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }
}
