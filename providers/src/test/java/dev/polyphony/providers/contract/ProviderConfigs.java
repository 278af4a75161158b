package dev.polyphony.providers.contract;

import dev.polyphony.providers.config.JsonSupport;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.config.ProviderConfig.Selection;
import dev.polyphony.providers.config.ProviderKind;
import dev.polyphony.providers.config.ProviderLimits;
import dev.polyphony.providers.config.Timeouts;
import dev.polyphony.providers.management.ProviderSettings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Configurations for tests. */
public final class ProviderConfigs {
    private static final ProviderSettings SETTINGS = new ProviderSettings(100, Duration.ofMinutes(1), true, 2);

    private ProviderConfigs() {}

    /** A vendor behind HTTP. */
    public static ProviderConfig vendor(URI url, @Nullable String apiKey, Timeouts timeouts, JsonSupport json) {
        return new ProviderConfig(
                "vendor",
                "Vendor",
                ProviderKind.OPENAI,
                url,
                apiKey,
                "large",
                apiKey == null ? null : "embed-1",
                json,
                timeouts,
                SETTINGS,
                ProviderLimits.DEFAULT,
                null,
                null,
                Selection.USUAL);
    }

    /** A vendor behind HTTP whose model has this name. */
    public static ProviderConfig asking(URI url, String model) {
        return new ProviderConfig(
                "vendor",
                "Vendor",
                ProviderKind.OPENAI,
                url,
                "secret-key",
                model,
                null,
                JsonSupport.SCHEMA,
                Timeouts.DEFAULT,
                SETTINGS,
                ProviderLimits.DEFAULT,
                null,
                null,
                Selection.USUAL);
    }

    /** @param disabledReason also what it lacks; null when it is asked */
    public static ProviderConfig guarded(
            String name,
            ProviderKind kind,
            ProviderSettings settings,
            ProviderLimits limits,
            @Nullable String disabledReason) {
        return new ProviderConfig(
                name,
                name,
                kind,
                null,
                null,
                "large",
                null,
                JsonSupport.SCHEMA,
                Timeouts.DEFAULT,
                settings,
                limits,
                disabledReason,
                disabledReason,
                Selection.USUAL);
    }
}
