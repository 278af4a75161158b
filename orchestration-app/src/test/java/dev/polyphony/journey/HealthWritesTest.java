package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.journey.Api.Reply;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that can be read and takes nothing new, as with a full disk. */
class HealthWritesTest extends ServerTest {
    private static final int TIMEOUT = 30;
    private static final String DISK_FULL = """
        create function eventstore.disk_full() returns trigger language plpgsql as $$
        begin
            raise exception 'could not extend file: No space left on device' using errcode = '53100';
        end $$;
        create trigger disk_full before insert on eventstore.write_probe
            for each row execute function eventstore.disk_full()
        """;

    @AfterEach
    void makeRoom() throws SQLException {
        Database.execute("drop function if exists eventstore.disk_full() cascade");
        await().atMost(TIMEOUT, SECONDS).until(() -> stranger().get("/ready").status() == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ready", "/health", "/healthz", "/api/v1/health"})
    void isSeenByHealth(String path) throws SQLException {
        Database.execute(DISK_FULL);

        await().atMost(TIMEOUT, SECONDS).until(() -> stranger().get(path).status() == 503);
        assertThat(stranger().get("/ready").header("Retry-After")).isEqualTo("5");
        assertThat(stranger().get("/live").status()).isEqualTo(200);
    }

    @Test
    void isToldWithItsState() throws SQLException {
        Database.execute(DISK_FULL);

        await().atMost(TIMEOUT, SECONDS).until(() -> stranger().get("/ready").status() == 503);
        Reply ready = stranger().get("/ready");
        assertThat(ready.json().at("/checks/database/status").asString()).isEqualTo("unhealthy");
        assertThat(ready.json().at("/checks/database/message").asString())
                .isEqualTo("the database takes no writes (SQLSTATE 53100)");
    }
}
