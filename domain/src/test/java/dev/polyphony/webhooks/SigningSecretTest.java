package dev.polyphony.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.shared.Rejection;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningSecretTest {
    @Test
    void takesAPlainSecretByItsBytes() {
        SigningSecret secret = SigningSecret.of("your-webhook-secret");
        assertThat(secret.key()).isEqualTo("your-webhook-secret".getBytes(UTF_8));
        assertThat(secret.text()).isEqualTo("whsec_eW91ci13ZWJob29rLXNlY3JldA==");
    }

    @Test
    void takesAStandardSecretDecoded() {
        assertThat(SigningSecret.of("whsec_eW91ci13ZWJob29rLXNlY3JldA=="))
                .isEqualTo(SigningSecret.of("your-webhook-secret"));
    }

    @Test
    void drawsThirtyTwoBytes() {
        SecureRandom random = new SecureRandom();
        assertThat(SigningSecret.random(random).key())
                .hasSize(32)
                .isNotEqualTo(SigningSecret.random(random).key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234567", "whsec_not*base64", "whsec_YWJj"})
    void refusesAWeakOrBrokenSecretWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> SigningSecret.of(text))
                .isInstanceOf(Rejection.class)
                .hasMessageContaining("8 to 256")
                .hasMessageNotContaining("not*base64");
        assertThatThrownBy(() -> SigningSecret.of("x".repeat(257))).isInstanceOf(Rejection.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1,whsec_eW91ci13ZWJob29rLXNlY3JldA==",
                " whsec_eW91ci13ZWJob29rLXNlY3JldA==",
                "whsec_eW91ci13ZWJob29rLXNlY3JldA== ",
                "WHSEC_eW91ci13ZWJob29rLXNlY3JldA==",
                "Whsec_eW91ci13ZWJob29rLXNlY3JldA==",
                "\"whsec_eW91ci13ZWJob29rLXNlY3JldA==\"",
                "v1a,whsec_eW91ci13ZWJob29rLXNlY3JldA==",
                "your-webhook-secret\n"
            })
    void refusesWhatAReceiverWouldReadAsAnotherKey(String text) {
        assertThatThrownBy(() -> SigningSecret.of(text))
                .isInstanceOf(Rejection.class)
                .hasMessageContaining("white space")
                .hasMessageNotContaining("eW91");
    }

    @Test
    void doesNotShowItselfInLogs() {
        assertThat(SigningSecret.of("your-webhook-secret")).hasToString("whsec_(hidden)");
    }
}
