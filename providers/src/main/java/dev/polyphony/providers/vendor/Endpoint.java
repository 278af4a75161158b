package dev.polyphony.providers.vendor;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a model is asked.
 *
 * @param name the provider's configured name
 * @param baseUrl the URL that the vendor's paths are appended to, such as {@code https://api.deepseek.com/v1}
 * @param apiKey null for servers that want none
 * @param model the model, as the vendor names it
 * @param embeddingModel the model for embeddings; null when there is none
 * @param json how the model is made to reply in JSON
 * @param timeouts how long it may be silent
 */
public record Endpoint(
        String name,
        URI baseUrl,
        @Nullable String apiKey,
        String model,
        @Nullable String embeddingModel,
        JsonSupport json,
        Timeouts timeouts) {
    /** How far a vendor helps with JSON. The reply is checked in any case. */
    public enum JsonSupport {
        /** The vendor takes a schema. */
        SCHEMA,
        /** The vendor promises some JSON; the schema stands in the instructions. */
        OBJECT,
        /** All of it stands in the instructions. */
        INSTRUCTIONS
    }

    /** The base URL without a slash at its end. */
    public String url() {
        String url = baseUrl.toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** Without the key, which belongs in no log. */
    @Override
    public String toString() {
        return "%s at %s (%s)".formatted(name, baseUrl, model);
    }
}
