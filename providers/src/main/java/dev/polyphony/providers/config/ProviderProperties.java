package dev.polyphony.providers.config;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What operators say of one provider under {@code polyphony.providers.<name>}. What is null or blank comes from the catalogue, or
 * has a default.
 *
 * @param kind {@code openai}, {@code anthropic}, {@code gemini}, {@code ollama}, {@code local} or {@code embedded}; may be left
 *     out where the name says it
 * @param baseUrl the URL that the vendor's paths are appended to
 * @param apiKey left out for servers that want none
 * @param model the model's name; for {@code local}: a GGUF file, absolute or in the models directory
 * @param embeddingModel the model for embeddings
 * @param json {@code schema}, {@code object} or {@code instructions}: how the model is made to reply in JSON
 * @param priority lower is asked earlier; 100 unless the catalogue or the kind says otherwise
 * @param enabled whether it is asked; true unless said otherwise
 * @param timeout the longest a whole call may take
 * @param maxRetries 0 to 10
 * @param inputPrice in US dollars for a million tokens
 * @param outputPrice in US dollars for a million tokens
 * @param inAuto of the embedded model: whether it is asked by requests that do not name it; unless said otherwise, where no other
 *     enabled provider can do what is asked
 */
public record ProviderProperties(
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
        @Nullable BigDecimal outputPrice,
        @Nullable Boolean inAuto) {
    /** Nothing is said. */
    public static final ProviderProperties NONE = of(null, null, null, null);

    /** What a server that is asked over HTTP needs, and nothing else. */
    public static ProviderProperties of(
            @Nullable String kind, @Nullable String baseUrl, @Nullable String apiKey, @Nullable String model) {
        return new ProviderProperties(
                kind, baseUrl, apiKey, model, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null, null);
    }

    /** A variable that is set to nothing counts as not set. */
    public ProviderProperties {
        kind = strippedOrNull(kind);
        baseUrl = strippedOrNull(baseUrl);
        apiKey = strippedOrNull(apiKey);
        model = strippedOrNull(model);
        embeddingModel = strippedOrNull(embeddingModel);
        json = strippedOrNull(json);
    }

    private static @Nullable String strippedOrNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** This, and what the other says where this says nothing. */
    public ProviderProperties or(ProviderProperties other) {
        return new ProviderProperties(
                or(kind, other.kind),
                or(baseUrl, other.baseUrl),
                or(apiKey, other.apiKey),
                or(model, other.model),
                or(embeddingModel, other.embeddingModel),
                or(json, other.json),
                or(priority, other.priority),
                or(enabled, other.enabled),
                or(connectTimeout, other.connectTimeout),
                or(firstTokenTimeout, other.firstTokenTimeout),
                or(idleTimeout, other.idleTimeout),
                or(timeout, other.timeout),
                or(maxRetries, other.maxRetries),
                or(contextTokens, other.contextTokens),
                or(maxConcurrentCalls, other.maxConcurrentCalls),
                or(requestsPerMinute, other.requestsPerMinute),
                or(tokensPerMinute, other.tokensPerMinute),
                or(inputPrice, other.inputPrice),
                or(outputPrice, other.outputPrice),
                or(inAuto, other.inAuto));
    }

    private static <T> @Nullable T or(@Nullable T here, @Nullable T there) {
        return here == null ? there : here;
    }

    /** Without the key, which belongs in no log. */
    @Override
    public String toString() {
        return "ProviderProperties[kind=%s, baseUrl=%s, model=%s, priority=%s, enabled=%s]"
                .formatted(kind, baseUrl, model, priority, enabled);
    }
}
