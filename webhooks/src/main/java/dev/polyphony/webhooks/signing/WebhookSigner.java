package dev.polyphony.webhooks.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.webhooks.Deliveries.Claim;
import dev.polyphony.webhooks.SigningSecret;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.JsonNodeFactory;

/** Signs a delivery twice: in its body, the same at every attempt, and in its headers, with the time of the attempt. */
public final class WebhookSigner {
    private static final String HMAC = "HmacSHA256";

    private WebhookSigner() {}

    /**
     * @param json what the event says
     * @param sentAt the time of this attempt; receivers refuse what is older than some minutes
     */
    public static SignedDelivery sign(Claim delivery, String json, SigningSecret secret, Instant sentAt) {
        String id = delivery.deliveryId().messageId();
        String timestamp = Long.toString(sentAt.getEpochSecond());
        byte[] body = body(delivery, json, secret);
        String signature = Base64.getEncoder().encodeToString(hmac(secret, signedContent(id, timestamp, body)));
        return new SignedDelivery(id, timestamp, "v1," + signature, body);
    }

    private static byte[] body(Claim delivery, String json, SigningSecret secret) {
        String members = "{\"event\":" + quoted(delivery.eventName()) + ",\"timestamp\":"
                + quoted(delivery.occurredAt().toString()) + ",\"data\":" + json;
        String signature = HexFormat.of().formatHex(hmac(secret, (members + "}").getBytes(UTF_8)));
        return (members + ",\"signature\":\"sha256=" + signature + "\"}").getBytes(UTF_8);
    }

    static byte[] signedContent(String id, String timestamp, byte[] body) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes((id + "." + timestamp + ".").getBytes(UTF_8));
        content.writeBytes(body);
        return content.toByteArray();
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.stringNode(text).toString();
    }

    static byte[] hmac(SigningSecret secret, byte[] content) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.key(), HMAC));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + HMAC + ", this one has not", e);
        }
    }
}
