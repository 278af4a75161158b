package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.postgres.StoppableDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one database: what is decided on one counts on the other, and on one that starts later. */
class ManageProvidersOnNodesTest {
    private static final int TIMEOUT = 60;
    private static final String VENDOR = "/api/v1/ai-providers/vendor";

    @Test
    void countsOnEveryNodeAndAfterAStart(@TempDir Path home) throws Exception {
        try (Vendor vendor = new Vendor(_ -> Vendor.says("Hello."));
                StoppableDatabase database =
                        StoppableDatabase.start(home.toRealPath().resolve("postgresql"));
                ServerProcess one = start(home, "one", vendor, database)) {
            try (ServerProcess other = start(home, "other", vendor, database)) {
                assertThat(one.api()
                                .put(VENDOR + "/config", "{\"enabled\":false,\"priority\":5}")
                                .status())
                        .isEqualTo(200);
                await().atMost(TIMEOUT, SECONDS)
                        .untilAsserted(() -> assertThat(priority(other)).isEqualTo(5));
                assertThat(other.api()
                                .put(VENDOR + "/config", "{\"priority\":6}")
                                .status())
                        .isEqualTo(200);
                await().atMost(TIMEOUT, SECONDS)
                        .untilAsserted(() -> assertThat(priority(one)).isEqualTo(6));
                other.kill();
            }
            try (ServerProcess later = start(home, "later", vendor, database)) {
                assertThat(priority(later)).isEqualTo(6);
                assertThat(later.api().get(VENDOR).json().at("/status").asString())
                        .isEqualTo("disabled");
            }
        }
    }

    private static int priority(ServerProcess server) {
        return server.api().get(VENDOR).json().at("/configuration/priority").asInt();
    }

    private static ServerProcess start(Path home, String name, Vendor vendor, StoppableDatabase database)
            throws Exception {
        return ServerProcess.start(
                Files.createDirectory(home.resolve(name)),
                vendor.baseUrl(),
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.application().role(),
                "--spring.datasource.password=" + database.application().password(),
                "--spring.flyway.user=" + database.owner().role(),
                "--spring.flyway.password=" + database.owner().password(),
                "--polyphony.master-key=" + "ab".repeat(32));
    }
}
