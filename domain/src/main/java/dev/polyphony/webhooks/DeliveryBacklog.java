package dev.polyphony.webhooks;

import dev.polyphony.shared.ServerWide;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Deliveries that are owed. */
@ServerWide("operators watch how sending fares; nothing of a tenant is shown")
public interface DeliveryBacklog {
    Backlog now();

    /**
     * @param pending deliveries that wait for an attempt or are being sent
     * @param oldest when the event of the oldest of them happened; null when there is none
     */
    record Backlog(long pending, @Nullable Instant oldest) {}
}
