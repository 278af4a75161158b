package dev.polyphony.webhooks.automation;

import dev.polyphony.webhooks.delivery.DeliveryLoop;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Sends nothing before the server is ready, so that receivers who call back find it answering. */
@Component
class StartDeliveries {
    private final DeliveryLoop loop;

    StartDeliveries(DeliveryLoop loop) {
        this.loop = loop;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        loop.start();
    }
}
