package dev.polyphony.webhooks.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import dev.polyphony.webhooks.SigningSecret;
import dev.polyphony.webhooks.signing.WebhookVerifier.Headers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Verifies what another library has signed. */
class WebhookVerifierTest {
    private static final SigningSecret SECRET = SigningSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final Instant SENT = Instant.ofEpochSecond(1_767_225_600);
    private static final String BODY = "{\"event\":\"workflow.completed\",\"name\":\"grün\"}";

    private final WebhookVerifier verifier = new WebhookVerifier(SECRET);

    @Test
    void believesWhatWasSignedWithTheSecret() throws Exception {
        Headers signed = new Headers("msg_1", "1767225600", signature());

        assertThat(verifier.complaint(signed, BODY.getBytes(UTF_8), SENT.plus(Duration.ofMinutes(5))))
                .isEmpty();
        assertThat(verifier.complaint(
                        new Headers("msg_1", "1767225600", "v1,AAAA v2,xyz " + signature()),
                        BODY.getBytes(UTF_8),
                        SENT))
                .isEmpty();
    }

    @Test
    void believesNothingElse() throws Exception {
        byte[] body = BODY.getBytes(UTF_8);
        Headers signed = new Headers("msg_1", "1767225600", signature());

        assertThat(verifier.complaint(signed, (BODY + " ").getBytes(UTF_8), SENT))
                .hasValueSatisfying(why -> assertThat(why).contains("does not match"));
        assertThat(verifier.complaint(new Headers("msg_2", "1767225600", signature()), body, SENT))
                .isPresent();
        assertThat(verifier.complaint(new Headers("msg_1", "1767225601", signature()), body, SENT))
                .isPresent();
        assertThat(verifier.complaint(new Headers("msg_1", "soon", signature()), body, SENT))
                .isPresent();
        assertThat(verifier.complaint(new Headers("msg_1", "1767225600", ""), body, SENT))
                .isPresent();
        assertThat(verifier.complaint(new Headers("msg_1", "1767225600", null), body, SENT))
                .isPresent();
        assertThat(verifier.complaint(signed, body, SENT.plus(Duration.ofSeconds(301))))
                .hasValueSatisfying(why -> assertThat(why).contains("five minutes"));
        assertThat(verifier.complaint(signed, body, SENT.minus(Duration.ofSeconds(301))))
                .isPresent();
        assertThat(new WebhookVerifier(SigningSecret.of("another-secret")).complaint(signed, body, SENT))
                .isPresent();
    }

    private static String signature() throws Exception {
        return new Webhook(SECRET.text()).sign("msg_1", SENT.getEpochSecond(), BODY);
    }
}
