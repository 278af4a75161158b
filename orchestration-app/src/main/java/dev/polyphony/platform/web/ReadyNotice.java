package dev.polyphony.platform.web;

import dev.polyphony.platform.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Logs where the server and its key are when it is ready. */
@Component
class ReadyNotice {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyNotice.class);
    private static final double MILLIS_PER_SECOND = 1000;

    private final ServerAddress address;
    private final DataDirectory directory;
    private final String version;

    ReadyNotice(ServerAddress address, DataDirectory directory, BuildProperties build) {
        this.address = address;
        this.directory = directory;
        this.version = String.valueOf(build.getVersion());
    }

    @EventListener
    @Order(1)
    void ready(ApplicationReadyEvent event) {
        LOG.info(
                """
                Polyphony {} is ready after {} s.
                  Address    {}
                  Endpoints  {}/docs
                  Health     {}/health
                  Key        {}
                  Stop       Ctrl-C\
                """,
                version,
                event.getTimeTaken() == null ? "?" : event.getTimeTaken().toMillis() / MILLIS_PER_SECOND,
                address.url(),
                address.url(),
                address.url(),
                key());
    }

    /** As a shell takes it, so that the examples of the README follow. */
    private String key() {
        Path file = directory.resolve("admin-key");
        return Files.exists(file) ? "KEY=$(cat '" + file + "')" : "the one that was given in POLYPHONY_API_KEY";
    }
}
