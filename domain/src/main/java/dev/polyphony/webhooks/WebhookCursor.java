package dev.polyphony.webhooks;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a page of endpoints ended.
 *
 * @param createdAt of its last endpoint
 * @param endpointId the same endpoint's, which tells those of one moment apart
 */
public record WebhookCursor(Instant createdAt, WebhookEndpointId endpointId) {
    private static final String SEPARATOR = "_";

    public static WebhookCursor after(RegisteredWebhook last) {
        return new WebhookCursor(last.createdAt(), last.id());
    }

    /** Empty when the text is none that {@link #toString} has written. */
    public static Optional<WebhookCursor> parse(String text) {
        int middle = text.indexOf(SEPARATOR);
        if (middle < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new WebhookCursor(
                    Instant.parse(text.substring(0, middle)),
                    new WebhookEndpointId(UUID.fromString(text.substring(middle + 1)))));
        } catch (DateTimeException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** For the wire; what is in it is nobody else's business. */
    @Override
    public String toString() {
        return createdAt + SEPARATOR + endpointId;
    }
}
