package dev.polyphony.postgres;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jooq.CloseableDSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The embedded PostgreSQL is killed while it is supervised. */
class DatabaseSupervisorTest {
    private static final int TIMEOUT = 60;
    private static final Duration WAIT = Duration.ofMillis(50);

    private final List<String> givenUp = new CopyOnWriteArrayList<>();
    private Path directory;
    private EmbeddedDatabase database;

    @BeforeEach
    void starts(@TempDir Path temporary) throws IOException {
        directory = temporary.toRealPath().resolve("data");
        ClusterTemplate.installIn(directory);
        database = EmbeddedDatabase.start(directory);
    }

    @AfterEach
    void stops() {
        database.close();
    }

    @Test
    void startsItAgainWithItsPortItsPasswordsAndItsData() throws IOException {
        String url = database.jdbcUrl();
        try (DatabaseSupervisor _ = supervised(3);
                CloseableDSLContext owner = sql(database.owner())) {
            owner.execute("create table note (text text)");
            owner.execute("grant all on note to " + database.application().role());
            for (int kill = 1; kill <= 2; kill++) {
                write("note " + kill);
                killPostmaster();
                await().atMost(TIMEOUT, SECONDS).ignoreExceptions().untilAsserted(() -> write("after"));
            }
            assertThat(database.jdbcUrl()).isEqualTo(url);
            try (CloseableDSLContext application = sql(database.application())) {
                assertThat(application.fetch("select distinct text from note").getValues(0, String.class))
                        .containsExactlyInAnyOrder("note 1", "note 2", "after");
                assertThat(application.fetchSingle("show fsync").get(0)).isEqualTo("on");
            }
        }
        assertThat(givenUp).isEmpty();
    }

    @Test
    void keepsTheDirectoryLockedMeanwhile() throws IOException {
        try (DatabaseSupervisor _ = supervised(3)) {
            killPostmaster();
            assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
                    .isInstanceOf(DatabaseNotStarted.class)
                    .hasMessageContaining("Another Polyphony server");
            await().atMost(TIMEOUT, SECONDS).until(database::isRunning);
        }
    }

    @Test
    void givesUpAfterItsAttemptsAndSaysWhy() throws IOException {
        try (DatabaseSupervisor _ = supervised(2)) {
            Files.delete(directory.resolve("postgres/global/pg_control"));
            killPostmaster();
            await().atMost(TIMEOUT, SECONDS).until(() -> !givenUp.isEmpty());
        }
        assertThat(givenUp).hasSize(1);
        assertThat(givenUp.getFirst()).contains("did not start", "pg_control");
    }

    @Test
    void leavesADatabaseAloneThatIsClosed() throws IOException {
        try (DatabaseSupervisor _ = supervised(3)) {
            assertThat(Postmaster.of(directory.resolve("postgres"))).isPresent();
        }
        database.close();
        assertThat(Postmaster.of(directory.resolve("postgres"))).isEmpty();
        assertThat(givenUp).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, PT0.5S", "2, PT1S", "3, PT2S", "6, PT16S", "7, PT30S", "1000, PT30S"})
    void waitsTwiceAsLongBeforeEachAttempt(int attempt, Duration wait) {
        assertThat(new RestartPolicy(10, Duration.ofMillis(500), Duration.ofSeconds(30)).waitBefore(attempt))
                .isEqualTo(wait);
    }

    private DatabaseSupervisor supervised(int attempts) {
        return DatabaseSupervisor.start(
                database, new RestartPolicy(attempts, WAIT, WAIT), reason -> givenUp.add(reason.getMessage()));
    }

    private void killPostmaster() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(directory.resolve("postgres/postmaster.pid")).getFirst());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        postmaster.destroyForcibly();
        await().atMost(TIMEOUT, SECONDS).until(() -> postmaster.info().command().isEmpty());
    }

    private void write(String text) {
        try (CloseableDSLContext application = sql(database.application())) {
            application.execute("insert into note values (?)", text);
        }
    }

    private CloseableDSLContext sql(Login login) {
        return DSL.using(database.jdbcUrl(), login.role(), login.password());
    }
}
