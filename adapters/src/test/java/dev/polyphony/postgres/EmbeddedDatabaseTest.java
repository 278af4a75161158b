package dev.polyphony.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jooq.CloseableDSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class EmbeddedDatabaseTest {
    private Path directory;
    private EmbeddedDatabase database;

    @BeforeAll
    void starts(@TempDir Path temporary) throws IOException {
        directory = temporary.toRealPath().resolve("data");
        database = EmbeddedDatabase.start(directory);
    }

    @AfterAll
    void stops() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "fsync, on",
        "synchronous_commit, on",
        "full_page_writes, on",
        "listen_addresses, 127.0.0.1",
        "max_connections, 100",
        "data_checksums, on",
        "server_encoding, UTF8"
    })
    void keepsWhatItAcknowledgesAndAnswersThisMachineOnly(String setting, String value) {
        try (CloseableDSLContext sql = sql(database.owner())) {
            assertThat(sql.fetchSingle("show " + setting).get(0)).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "postgres-programs", "postgres"})
    void keepsItsFilesFromOtherUsersOfTheMachine(String part) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(part))))
                .isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "polyphony"})
    void refusesAConnectionWithoutThePassword(String role) {
        assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), role, "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void refusesASecondStartOnItsDirectory() {
        assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
                .isInstanceOf(DatabaseNotStarted.class)
                .hasMessage(
                        "Another Polyphony server (process %d) uses the data directory %s: stop it, or give this one a"
                                + " directory of its own with POLYPHONY_DATA_DIR.",
                        ProcessHandle.current().pid(), directory);
    }

    @Test
    void refusesADirectoryThatIsAFile(@TempDir Path temporary) throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        assertThatThrownBy(() -> EmbeddedDatabase.start(file))
                .isInstanceOf(DatabaseNotStarted.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("choose another with POLYPHONY_DATA_DIR");
    }

    private CloseableDSLContext sql(Login login) {
        return DSL.using(database.jdbcUrl(), login.role(), login.password());
    }
}
