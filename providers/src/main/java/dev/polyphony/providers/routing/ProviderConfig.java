package dev.polyphony.providers.routing;

import org.jspecify.annotations.Nullable;

/**
 * One provider as operators configure it under {@code polyphony.providers.<name>}.
 *
 * @param name 1 to 64 of {@code a-z 0-9 - _}
 * @param kind {@code openai}, {@code local} or {@code embedded}; may be left out where the name says it
 * @param baseUrl for {@code openai}: the URL before {@code /chat/completions}
 * @param apiKey for {@code openai}: sent as a bearer token; left out for servers that want none
 * @param model for {@code openai}: the model's name; for {@code local}: a GGUF file, absolute or in the models directory
 * @param priority lower is asked earlier; 100 unless the provider is a built-in one
 * @param enabled whether it is asked; true unless said otherwise
 */
public record ProviderConfig(
        String name,
        @Nullable String kind,
        @Nullable String baseUrl,
        @Nullable String apiKey,
        @Nullable String model,
        @Nullable Integer priority,
        @Nullable Boolean enabled) {

    /** A provider of which nothing is said but its name. */
    static ProviderConfig named(String name) {
        return new ProviderConfig(name, null, null, null, null, null, null);
    }

    /** The full name of one of this provider's settings, such as {@code polyphony.providers.deepseek.base-url}. */
    String key(String setting) {
        return "polyphony.providers." + name + "." + setting;
    }

    /** Without the key, which belongs in no log. */
    @Override
    public String toString() {
        return "ProviderConfig[name=%s, kind=%s, baseUrl=%s, model=%s, priority=%s, enabled=%s]"
                .formatted(name, kind, baseUrl, model, priority, enabled);
    }
}
