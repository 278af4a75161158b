package dev.polyphony.providers.openai;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is asked.
 *
 * @param name the provider's configured name
 * @param baseUrl the URL before {@code /chat/completions}, usually ending in {@code /v1}
 * @param apiKey sent as a bearer token; null for servers that want none
 * @param model the model, as the server names it
 */
public record OpenAiEndpoint(
        String name, URI baseUrl, @Nullable String apiKey, String model) {
    private static final String OPENAI = "api.openai.com";

    /** OpenAI's own newer models refuse {@code max_tokens}; most compatible servers know nothing else. */
    boolean wantsMaxCompletionTokens() {
        return OPENAI.equalsIgnoreCase(baseUrl.getHost());
    }

    /** Without the key, which belongs in no log. */
    @Override
    public String toString() {
        return "%s at %s (%s)".formatted(name, baseUrl, model);
    }
}
