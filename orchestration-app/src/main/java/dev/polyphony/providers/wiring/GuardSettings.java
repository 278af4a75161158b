package dev.polyphony.providers.wiring;

import dev.polyphony.providers.guard.GuardOptions;
import dev.polyphony.providers.guard.GuardOptions.Mode;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is done about prompt injections; {@code docs/security.md} explains it.
 *
 * @param mode whether a caller's own message is refused, or only reported; {@code off} looks at nothing
 * @param threshold the score from which a caller's own message is taken for an injection
 * @param untrustedThreshold the same for text of documents, repositories, file names and tools
 */
@ConfigurationProperties("polyphony.security.injection")
@Validated
public record GuardSettings(
        @DefaultValue("block") Mode mode,

        @DefaultValue("0.97") @DecimalMin("0.01") @DecimalMax("1")
        double threshold,

        @DefaultValue("0.4") @DecimalMin("0.01") @DecimalMax("1")
        double untrustedThreshold) {
    GuardOptions options() {
        return new GuardOptions(mode, threshold, untrustedThreshold);
    }
}
