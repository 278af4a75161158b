package dev.polyphony.platform.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Logs the addresses of the server when it is ready. */
@Component
class ReadyNotice {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyNotice.class);

    private final ServerAddress address;

    ReadyNotice(ServerAddress address) {
        this.address = address;
    }

    @EventListener
    @Order(1)
    void ready(ApplicationReadyEvent event) {
        LOG.info(
                """
                Polyphony is ready after {} s.
                  API            {}/api/v1
                  Documentation  {}/docs
                  OpenAPI        {}/openapi.json
                  Health         {}/health\
                """,
                event.getTimeTaken() == null ? "?" : event.getTimeTaken().toMillis() / 1000.0,
                address.url(),
                address.url(),
                address.url(),
                address.url());
    }
}
