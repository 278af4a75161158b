package dev.polyphony.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jooq.CloseableDSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseRestartTest {
    private Path directory;
    private Path cluster;
    private Path ready;

    @BeforeEach
    void choosesADirectory(@TempDir Path temporary) throws IOException {
        directory = temporary.toRealPath().resolve("data");
        cluster = directory.resolve("postgres");
        ready = temporary.resolve("ready");
    }

    @Test
    void findsItsDataAgain() throws IOException {
        try (EmbeddedDatabase database = start();
                CloseableDSLContext sql = sql(database)) {
            assertThat(database.isNew()).isTrue();
            sql.execute("create table note as select 'kept' as text");
        }
        try (EmbeddedDatabase database = start()) {
            assertThat(database.isNew()).isFalse();
            assertThat(note(database)).isEqualTo("kept");
        }
    }

    @Test
    void leavesNothingRunningWhenItIsClosedWithOpenConnections() throws IOException {
        hasStartedBefore();
        EmbeddedDatabase database = start();
        try (CloseableDSLContext _ = sql(database)) {
            database.close();
            assertThat(Postmaster.of(cluster)).isEmpty();
        }
    }

    @Test
    void refusesADirectoryThatAnotherProcessUses() throws IOException {
        hasStartedBefore();
        try (OtherServer other = OtherServer.on(directory, ready)) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(DatabaseNotStarted.class)
                    .hasMessageContaining("process %d", other.pid())
                    .hasMessageContaining(directory.toString());
        }
        Postmaster.clear(cluster);
    }

    @Test
    void takesOverFromAKilledServer() throws IOException {
        hasStartedBefore();
        try (OtherServer killed = OtherServer.on(directory, ready)) {
            killed.kill();
        }
        ProcessHandle orphan = postmaster();
        assertThat(orphan.info().command()).isPresent();
        try (EmbeddedDatabase database = start()) {
            assertThat(note(database)).isEqualTo("kept");
            assertThat(orphan.info().command()).isEmpty();
        }
    }

    @Test
    void sparesAnotherProgramThatHasTheProcessIdOfItsLastRun() throws IOException {
        hasStartedBefore();
        Process innocent = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(cluster.resolve("postmaster.pid"), innocent.pid() + "\n" + cluster + "\n");
            start().close();
            assertThat(innocent.isAlive()).isTrue();
        } finally {
            innocent.destroyForcibly();
        }
    }

    @Test
    void sparesThePostgresOfAnotherDirectory(@TempDir Path elsewhere) throws IOException {
        hasStartedBefore();
        ClusterTemplate.copyTo(elsewhere);
        try (EmbeddedDatabase other = start(elsewhere);
                CloseableDSLContext sql = sql(other)) {
            Files.copy(elsewhere.resolve("postgres/postmaster.pid"), cluster.resolve("postmaster.pid"));
            start().close();
            assertThat(sql.fetchValue("select 1")).isEqualTo(1);
        }
    }

    @Test
    void startsAnewWhenItsFirstStartWasCutShort() throws IOException {
        Files.createDirectories(cluster);
        Files.writeString(cluster.resolve("postgresql.conf"), "half");
        try (EmbeddedDatabase database = start();
                CloseableDSLContext sql = sql(database)) {
            assertThat(sql.fetchValue("select 1")).isEqualTo(1);
        }
    }

    @Test
    void tellsWhatPostgresSaidWhenItDoesNotStart() throws IOException {
        Files.createDirectories(cluster);
        Files.writeString(cluster.resolve("polyphony.password"), "all that is left of the files");
        assertThatThrownBy(this::start)
                .isInstanceOf(DatabaseNotStarted.class)
                .hasMessageStartingWith(
                        "The embedded PostgreSQL did not start in %s: could not open file".formatted(cluster))
                .hasMessageContaining(directory.resolve("postgres-start.log").toString())
                .hasMessageContaining("SPRING_DATASOURCE_URL");
    }

    @Test
    void tellsAtOnceThatItsConfigurationIsBroken() throws IOException {
        hasStartedBefore();
        Files.writeString(cluster.resolve("postgresql.conf"), "work_mem = banana");
        assertThatThrownBy(this::start)
                .isInstanceOf(DatabaseNotStarted.class)
                .hasMessageContaining("postgresql.conf\" contains errors");
    }

    private void hasStartedBefore() throws IOException {
        ClusterTemplate.copyTo(directory);
    }

    private EmbeddedDatabase start() throws IOException {
        return start(directory);
    }

    private static EmbeddedDatabase start(Path directory) throws IOException {
        return EmbeddedDatabase.start(directory, ThrowAwayDatabase.PROGRAMS, EmbeddedDatabase.DURABLE);
    }

    private ProcessHandle postmaster() throws IOException {
        String pid = Files.readAllLines(cluster.resolve("postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static CloseableDSLContext sql(EmbeddedDatabase database) {
        return DSL.using(
                database.jdbcUrl(), database.owner().role(), database.owner().password());
    }

    private static String note(EmbeddedDatabase database) {
        try (CloseableDSLContext sql = sql(database)) {
            return sql.fetchSingle("select text from note").get(0, String.class);
        }
    }
}
