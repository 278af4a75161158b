package dev.polyphony.providers.routing;

import dev.polyphony.providers.management.ProviderSettings;
import dev.polyphony.providers.management.ProviderView.Limits;
import dev.polyphony.providers.resilience.ProviderLimits.Price;
import dev.polyphony.providers.resilience.ProviderLimits;
import dev.polyphony.providers.vendor.Timeouts;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One provider as operators configure it under {@code polyphony.providers.<name>}. What is null comes from the catalogue, or
 * has a usual value.
 *
 * @param name 1 to 64 of {@code a-z 0-9 - _}
 * @param kind {@code openai}, {@code anthropic}, {@code gemini}, {@code ollama}, {@code local} or {@code embedded}; may be left
 *     out where the name says it
 * @param baseUrl the URL that the vendor's paths are appended to
 * @param apiKey left out for servers that want none
 * @param model the model's name; for {@code local}: a GGUF file, absolute or in the models directory
 * @param embeddingModel the model for embeddings
 * @param json {@code schema}, {@code object} or {@code instructions}: how the model is made to reply in JSON
 * @param priority lower is asked earlier; 100 unless the catalogue or the kind says otherwise
 * @param enabled whether it is asked; true unless said otherwise
 * @param waits how long it may keep us waiting
 * @param bounds how much it is asked, and at what price
 */
public record ProviderConfig(
        String name,
        @Nullable String kind,
        @Nullable String baseUrl,
        @Nullable String apiKey,
        @Nullable String model,
        @Nullable String embeddingModel,
        @Nullable String json,
        @Nullable Integer priority,
        @Nullable Boolean enabled,
        Waits waits,
        Bounds bounds) {
    private static final int USUAL_RETRIES = 2;

    /**
     * The parts of {@link Timeouts}; null for the usual one.
     *
     * @param connect {@code connect-timeout}
     * @param firstToken {@code first-token-timeout}
     * @param idle {@code idle-timeout}
     * @param call {@code timeout}
     */
    public record Waits(
            @Nullable Duration connect,
            @Nullable Duration firstToken,
            @Nullable Duration idle,
            @Nullable Duration call) {
        public static final Waits DEFAULT = new Waits(null, null, null, null);
    }

    /**
     * Null for the usual.
     *
     * @param maxRetries {@code max-retries}, 0 to 10
     * @param contextTokens {@code context-tokens}
     * @param concurrentCalls {@code max-concurrent-calls}
     * @param requestsPerMinute {@code requests-per-minute}
     * @param tokensPerMinute {@code tokens-per-minute}
     * @param inputPrice {@code input-price} in US dollars for a million tokens
     * @param outputPrice {@code output-price} in US dollars for a million tokens
     */
    public record Bounds(
            @Nullable Integer maxRetries,
            @Nullable Integer contextTokens,
            @Nullable Integer concurrentCalls,
            @Nullable Integer requestsPerMinute,
            @Nullable Integer tokensPerMinute,
            @Nullable BigDecimal inputPrice,
            @Nullable BigDecimal outputPrice) {
        public static final Bounds DEFAULT = new Bounds(null, null, null, null, null, null, null);
    }

    /** A provider of which nothing is said but its name. */
    static ProviderConfig named(String name) {
        return new ProviderConfig(name, null, null, null, null, null, null, null, null, Waits.DEFAULT, Bounds.DEFAULT);
    }

    /** This, and what the other says where this says nothing. */
    ProviderConfig or(ProviderConfig other) {
        return new ProviderConfig(
                name,
                said(kind, other.kind),
                said(baseUrl, other.baseUrl),
                said(apiKey, other.apiKey),
                said(model, other.model),
                said(embeddingModel, other.embeddingModel),
                said(json, other.json),
                priority == null ? other.priority : priority,
                enabled == null ? other.enabled : enabled,
                waits,
                bounds);
    }

    /** A variable that is set to nothing counts as not set. */
    private static @Nullable String said(@Nullable String here, @Nullable String there) {
        return here == null || here.isBlank() ? there : here.strip();
    }

    /** The full name of one of this provider's settings, such as {@code polyphony.providers.deepseek.base-url}. */
    String key(String setting) {
        return "polyphony.providers." + name + "." + setting;
    }

    Timeouts timeouts() {
        Timeouts usual = Timeouts.DEFAULT;
        return new Timeouts(
                checked("connect-timeout", waits.connect(), usual.connect()),
                checked("first-token-timeout", waits.firstToken(), usual.firstToken()),
                checked("idle-timeout", waits.idle(), usual.idle()),
                checked("timeout", waits.call(), usual.call()));
    }

    private Duration checked(String setting, @Nullable Duration said, Duration usual) {
        if (said != null && (said.toMillis() < 1 || said.compareTo(Duration.ofHours(24)) > 0)) {
            throw new IllegalArgumentException("%s is 1 ms to 24 h, not %s".formatted(key(setting), said));
        }
        return said == null ? usual : said;
    }

    ProviderSettings settings(int usualPriority, boolean isEnabled) {
        return new ProviderSettings(
                within("priority", priority == null ? usualPriority : priority, 0, ProviderSettings.MAX_PRIORITY),
                timeouts().call(),
                isEnabled,
                within(
                        "max-retries",
                        bounds.maxRetries() == null ? USUAL_RETRIES : bounds.maxRetries(),
                        0,
                        ProviderSettings.MOST_RETRIES));
    }

    /** @param usual what holds where nothing is said here */
    ProviderLimits rules(ProviderLimits usual) {
        Integer concurrent = atLeastOne("max-concurrent-calls", bounds.concurrentCalls());
        Limits limits = new Limits(
                concurrent == null ? usual.limits().concurrentCalls() : concurrent,
                atLeastOne("requests-per-minute", bounds.requestsPerMinute()),
                atLeastOne("tokens-per-minute", bounds.tokensPerMinute()));
        Integer context = atLeastOne("context-tokens", bounds.contextTokens());
        Price price = price();
        return new ProviderLimits(
                usual.circuit(),
                usual.coolDowns(),
                limits,
                price == null ? usual.price() : price,
                context == null ? usual.contextTokens() : context);
    }

    /** Half a price is none: what the other half costs would be taken for nothing. */
    private @Nullable Price price() {
        BigDecimal input = bounds.inputPrice();
        BigDecimal output = bounds.outputPrice();
        if (input == null && output == null) {
            return null;
        }
        if (input == null || output == null || input.signum() < 0 || output.signum() < 0) {
            throw new IllegalArgumentException("%s and %s go together and are 0 or more, not %s and %s"
                    .formatted(key("input-price"), key("output-price"), input, output));
        }
        return new Price(input, output);
    }

    private @Nullable Integer atLeastOne(String setting, @Nullable Integer said) {
        return said == null ? null : Integer.valueOf(within(setting, said, 1, Integer.MAX_VALUE));
    }

    private int within(String setting, int said, int least, int most) {
        if (said < least || said > most) {
            throw new IllegalArgumentException("%s is %d to %d, not %d".formatted(key(setting), least, most, said));
        }
        return said;
    }

    /** Without the key, which belongs in no log. */
    @Override
    public String toString() {
        return "ProviderConfig[name=%s, kind=%s, baseUrl=%s, model=%s, priority=%s, enabled=%s]"
                .formatted(name, kind, baseUrl, model, priority, enabled);
    }
}
