package dev.polyphony.providers.config;

import dev.polyphony.providers.management.ProviderSettings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks what is said of one provider; what is wrong is told with the full name of the setting. */
record Checks(String name, ProviderProperties properties) {
    String key(String setting) {
        return ProviderConfig.key(name, setting);
    }

    /** What every provider over HTTP needs. */
    void remote(ProviderKind kind, boolean enabled, boolean modelNeeded) {
        if (enabled && kind.needsKey()) {
            required(kind, "api-key", properties.apiKey(), "the vendor's key");
        }
        required(kind, "base-url", properties.baseUrl(), "such as https://api.deepseek.com/v1");
        if (modelNeeded) {
            required(kind, "model", properties.model(), "as the server names it");
        }
        // Clients name a header's value when they refuse it, and the message ends up in logs.
        String apiKey = properties.apiKey() == null ? "" : properties.apiKey();
        if (!apiKey.chars().allMatch(character -> character > ' ' && character <= '~')) {
            throw new IllegalArgumentException(
                    key("api-key") + " has a blank or a character that is not ASCII, which no header takes");
        }
    }

    private void required(ProviderKind kind, String setting, @Nullable String value, String example) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "%s is missing: a provider of kind %s needs it, %s".formatted(key(setting), kind.word(), example));
        }
    }

    @Nullable
    Boolean inAuto(ProviderKind kind) {
        if (properties.inAuto() != null && kind != ProviderKind.EMBEDDED) {
            throw new IllegalArgumentException(
                    "%s is for the embedded model only; others are always asked, unless %s is false"
                            .formatted(key("in-auto"), key("enabled")));
        }
        return properties.inAuto();
    }

    URI baseUrl() {
        try {
            URI url = URI.create(String.valueOf(properties.baseUrl()));
            if (url.getRawQuery() != null || url.getRawFragment() != null) {
                throw new IllegalArgumentException("nothing can be appended to it");
            }
            return url;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s: '%s' is not a URL that a path can be appended to"
                            .formatted(key("base-url"), properties.baseUrl()),
                    e);
        }
    }

    Timeouts timeouts() {
        Timeouts defaults = Timeouts.DEFAULT;
        return new Timeouts(
                duration("connect-timeout", properties.connectTimeout(), defaults.connect()),
                duration("first-token-timeout", properties.firstTokenTimeout(), defaults.firstToken()),
                duration("idle-timeout", properties.idleTimeout(), defaults.idle()));
    }

    Duration duration(String setting, @Nullable Duration given, Duration otherwise) {
        if (given != null && !ProviderSettings.isTimeout(given)) {
            throw new IllegalArgumentException("%s is 1 ms to 24 h, not %s".formatted(key(setting), given));
        }
        return given == null ? otherwise : given;
    }

    @Nullable
    Integer positive(String setting, @Nullable Integer given) {
        return given == null ? null : Integer.valueOf(within(setting, given, given, 1, Integer.MAX_VALUE));
    }

    int within(String setting, @Nullable Integer given, int otherwise, int min, int max) {
        int value = given == null ? otherwise : given;
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s is %d to %d, not %d".formatted(key(setting), min, max, value));
        }
        return value;
    }
}
