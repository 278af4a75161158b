package dev.polyphony.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.eventstore.log.EventLog;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/** How long a request waits at most for a database that is gone. What is behind it is in {@code docs/architecture.md}. */
class OutageTimeoutsTest {
    private static final Duration PROMISED = Duration.ofSeconds(3);

    @Test
    void leavesTimeForTheAnswerThatClientsArePromised() throws IOException {
        Duration connection = millis("spring.datasource.hikari.connection-timeout");

        assertThat(EventLog.TIMEOUT).as("a command").isLessThan(PROMISED);
        assertThat(ReadYourWrites.TIMEOUT.plus(connection)).as("a read").isLessThan(PROMISED);
    }

    private static Duration millis(String setting) throws IOException {
        PropertySource<?> settings = new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .getFirst();
        return Duration.ofMillis(Long.parseLong(String.valueOf(Objects.requireNonNull(settings.getProperty(setting)))));
    }
}
