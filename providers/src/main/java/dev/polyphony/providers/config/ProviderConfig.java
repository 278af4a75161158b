package dev.polyphony.providers.config;

import dev.polyphony.providers.management.ProviderSettings;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One provider as it is configured on this node, complete and checked. Whoever asks, guards or shows a provider reads it here.
 *
 * @param name 1 to 64 of {@code a-z 0-9 - _}
 * @param title what people call it
 * @param baseUrl the URL that the vendor's paths are appended to, such as {@code https://api.deepseek.com/v1}; null for models in
 *     this process
 * @param apiKey null for servers that want none
 * @param model the model, as the vendor names it; empty where the kind knows its own
 * @param embeddingModel the model for embeddings; null when there is none
 * @param json how the model is made to reply in JSON
 * @param settings what operators may change while it runs, as deployed
 * @param disabledReason why it is not asked, naming the setting; null when it is asked
 * @param missing what it cannot be enabled without; null when it has all
 * @param selection how a request that names no provider comes to it, and how it comes to its model
 */
public record ProviderConfig(
        String name,
        String title,
        ProviderKind kind,
        @Nullable URI baseUrl,
        @Nullable String apiKey,
        String model,
        @Nullable String embeddingModel,
        JsonSupport json,
        Timeouts timeouts,
        ProviderSettings settings,
        ProviderLimits limits,
        @Nullable String disabledReason,
        @Nullable String missing,
        Selection selection) {
    /**
     * @param inAuto whether it is asked by requests that do not name it; null where that depends on the others
     * @param families which models of the vendor's list are taken, as patterns, the best first; empty when the model is configured
     * @param privateAddress whether an operator named its address, which may be a private one therefore
     */
    public record Selection(@Nullable Boolean inAuto, List<String> families, boolean privateAddress) {
        /** Of a provider that is asked for its configured model. */
        public static final Selection USUAL = new Selection(null, List.of(), false);

        public Selection {
            families = List.copyOf(families);
        }
    }

    /** The same, asked for another model. */
    public ProviderConfig withModel(String other) {
        return new ProviderConfig(
                name,
                title,
                kind,
                baseUrl,
                apiKey,
                other,
                embeddingModel,
                json,
                timeouts,
                settings,
                limits,
                disabledReason,
                missing,
                selection);
    }

    /** The full name of a setting, such as {@code polyphony.providers.deepseek.base-url}. */
    static String key(String name, String setting) {
        return "polyphony.providers." + name + "." + setting;
    }

    /** The full name of one of this provider's settings. */
    public String key(String setting) {
        return key(name, setting);
    }

    /** The base URL without a slash at its end. */
    public String url() {
        String url = String.valueOf(baseUrl);
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** The host of the base URL; empty when it has none. */
    public String host() {
        return baseUrl == null ? "" : Objects.requireNonNullElse(baseUrl.getHost(), "");
    }

    /** Without the key, which belongs in no log. */
    @Override
    public String toString() {
        return "%s at %s (%s)".formatted(name, baseUrl, model);
    }
}
