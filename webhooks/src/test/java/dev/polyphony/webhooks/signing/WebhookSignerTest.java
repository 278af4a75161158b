package dev.polyphony.webhooks.signing;

import static dev.polyphony.webhooks.delivery.Claims.PAYLOAD;
import static dev.polyphony.webhooks.delivery.Claims.SECRET;
import static dev.polyphony.webhooks.delivery.Claims.claim;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.polyphony.webhooks.Deliveries.Claim;
import java.net.URI;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WebhookSignerTest {
    private static final Pattern BODY =
            Pattern.compile("(.*),\"signature\":\"sha256=([0-9a-f]{64})\"}", Pattern.DOTALL);

    private final Claim delivery = claim(URI.create("https://your-app.com/amas-webhook"));

    @Test
    void isAcceptedByTheStandardWebhooksLibrary() throws Exception {
        SignedDelivery signed = WebhookSigner.sign(delivery, delivery.json(), SECRET, Instant.now());
        Webhook library = new Webhook(SECRET.text());

        assertThatCode(() -> library.verify(text(signed), headers(signed))).doesNotThrowAnyException();
        assertThatThrownBy(() -> library.verify(text(signed).replace("w-1", "w-2"), headers(signed)))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook("whsec_AAAAAAAAAAA=").verify(text(signed), headers(signed)))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void isRefusedByTheLibraryWhenItIsOld() throws Exception {
        SignedDelivery signed = WebhookSigner.sign(
                delivery, delivery.json(), SECRET, Instant.now().minusSeconds(600));
        assertThatThrownBy(() -> new Webhook(SECRET.text()).verify(text(signed), headers(signed)))
                .isInstanceOf(WebhookVerificationException.class)
                .hasMessageContaining("too old");
    }

    @Test
    void signsTheBodyWithoutItsLastMember() throws Exception {
        Matcher body = BODY.matcher(text(WebhookSigner.sign(delivery, delivery.json(), SECRET, Instant.now())));

        assertThat(body.matches()).isTrue();
        assertThat(body.group(1))
                .isEqualTo(
                        "{\"event\":\"workflow.completed\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"data\":" + PAYLOAD);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("your-webhook-secret".getBytes(UTF_8), "HmacSHA256"));
        assertThat(HexFormat.of().formatHex(mac.doFinal((body.group(1) + "}").getBytes(UTF_8))))
                .isEqualTo(body.group(2));
    }

    @Test
    void keepsIdAndBodyAtEveryAttempt() {
        SignedDelivery first = WebhookSigner.sign(delivery, delivery.json(), SECRET, Instant.ofEpochSecond(1));
        SignedDelivery second = WebhookSigner.sign(delivery, delivery.json(), SECRET, Instant.ofEpochSecond(2));

        assertThat(second.id()).isEqualTo(first.id()).isEqualTo("msg_" + delivery.deliveryId());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.timestamp()).isEqualTo("2");
        assertThat(second.signature()).isNotEqualTo(first.signature());
    }

    private static String text(SignedDelivery signed) {
        return new String(signed.body(), UTF_8);
    }

    private static Map<String, List<String>> headers(SignedDelivery signed) {
        return Map.of(
                "webhook-id", List.of(signed.id()),
                "webhook-timestamp", List.of(signed.timestamp()),
                "webhook-signature", List.of(signed.signature()));
    }
}
