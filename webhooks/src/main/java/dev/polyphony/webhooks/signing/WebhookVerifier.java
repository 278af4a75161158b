package dev.polyphony.webhooks.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.webhooks.SigningSecret;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks a delivery as a receiver has to, by its headers. */
public final class WebhookVerifier {
    /** How far the time of a delivery may be off, so that an old one cannot be sent again. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String VERSION = "v1,";

    private final SigningSecret secret;

    public WebhookVerifier(SigningSecret secret) {
        this.secret = secret;
    }

    /**
     * The headers {@code webhook-id}, {@code webhook-timestamp} and {@code webhook-signature}; null where a request has none.
     */
    public record Headers(
            @Nullable String id,
            @Nullable String timestamp,
            @Nullable String signature) {}

    /** Why the delivery is not to be believed; empty when it is. */
    public Optional<String> complaint(Headers headers, byte[] body, Instant now) {
        String id = headers.id();
        String timestamp = headers.timestamp();
        String signature = headers.signature();
        if (id == null || timestamp == null || signature == null) {
            return Optional.of("webhook-id, webhook-timestamp or webhook-signature is missing");
        }
        if (!isNow(timestamp, now)) {
            return Optional.of("webhook-timestamp is not within five minutes of now");
        }
        byte[] expected = Base64.getEncoder()
                .encode(WebhookSigner.hmac(secret, WebhookSigner.signedContent(id, timestamp, body)));
        boolean matches = Arrays.stream(signature.split(" ", -1))
                .filter(one -> one.startsWith(VERSION))
                .anyMatch(one -> MessageDigest.isEqual(
                        expected, one.substring(VERSION.length()).getBytes(UTF_8)));
        return matches
                ? Optional.empty()
                : Optional.of("webhook-signature does not match: another secret, or another body");
    }

    private static boolean isNow(String timestamp, Instant now) {
        return timestamp.matches("\\d{1,12}")
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                                .abs()
                                .compareTo(TOLERANCE)
                        <= 0;
    }
}
