package dev.polyphony.identity.wiring;

import dev.polyphony.identity.ApiKeySecret;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Not validated while it is bound: a failed validation would print the key.
 *
 * @param apiKey an admin key to start with, at least 32 characters; empty to generate one
 */
@ConfigurationProperties("polyphony")
public record FirstKeySettings(@DefaultValue("") String apiKey) {
    /** @throws IllegalArgumentException when it can be no key */
    public Optional<ApiKeySecret> secret() {
        ApiKeySecret secret = new ApiKeySecret(apiKey.strip());
        if (secret.value().isEmpty()) {
            return Optional.empty();
        }
        if (!secret.isWellFormed()) {
            throw new IllegalArgumentException(
                    "polyphony.api-key (POLYPHONY_API_KEY) has %d characters; it takes at least %d random ones, or a key that `polyphony api-key generate` printed"
                            .formatted(secret.value().length(), ApiKeySecret.MIN_CHOSEN));
        }
        return Optional.of(secret);
    }
}
