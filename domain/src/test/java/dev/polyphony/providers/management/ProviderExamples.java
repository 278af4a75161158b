package dev.polyphony.providers.management;

import dev.polyphony.providers.management.ProviderCommand.ConfigureProvider;
import dev.polyphony.providers.management.ProviderEvent.ProviderConfigured;
import org.jspecify.annotations.Nullable;

/** Facts about managed providers that tests start from. */
public final class ProviderExamples {
    public static final ProviderId DEEPSEEK = new ProviderId("deepseek");

    private ProviderExamples() {}

    public static ConfigureProvider configure(
            @Nullable Integer priority,
            @Nullable Integer timeoutSeconds,
            @Nullable Boolean enabled,
            @Nullable Integer maxRetries) {
        return new ConfigureProvider(DEEPSEEK, new ProviderOverrides(priority, timeoutSeconds, enabled, maxRetries));
    }

    public static ProviderConfigured configured(
            @Nullable Integer priority,
            @Nullable Integer timeoutSeconds,
            @Nullable Boolean enabled,
            @Nullable Integer maxRetries) {
        return new ProviderConfigured(DEEPSEEK, new ProviderOverrides(priority, timeoutSeconds, enabled, maxRetries));
    }
}
