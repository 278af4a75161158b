package dev.polyphony.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.platform.DataDirectory;
import dev.polyphony.postgres.ClusterTemplate;
import dev.polyphony.postgres.DatabaseNotStarted;
import dev.polyphony.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;

class StartDatabaseEarlyTest {
    @TempDir
    private Path directory;

    @EnableConfigurationProperties({DataDirectory.class, DatabaseSettings.class})
    @Import(DatabaseConfig.class)
    static class Server {}

    @Test
    void handsTheDatabaseOverAndStopsItWithTheServer() throws IOException {
        ClusterTemplate.installIn(directory);
        try (var server = server(Map.of("polyphony.data-dir", directory.toString()))) {
            server.refresh();
            EmbeddedDatabase database = server.getBean(EmbeddedDatabase.class);

            assertThat(database).isSameAs(server.getBean(StartingDatabase.class).join());
            assertThat(postmaster()).exists();
        }
        assertThat(postmaster()).doesNotExist();
    }

    @Test
    void stopsTheDatabaseOfAServerThatFailsBeforeItNeedsOne() throws IOException {
        ClusterTemplate.installIn(directory);
        try (var server = server(Map.of("polyphony.data-dir", directory.toString()))) {
            server.addBeanFactoryPostProcessor(_ -> {
                throw new IllegalStateException("a setting is wrong");
            });

            assertThatIllegalStateException().isThrownBy(server::refresh).withMessage("a setting is wrong");
        }
        assertThat(directory.resolve("postgres-start.log")).exists();
        assertThat(postmaster()).doesNotExist();
    }

    @Test
    void saysWhyTheDatabaseDoesNotStart() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        try (var server = server(Map.of("polyphony.data-dir", file.toString()))) {
            assertThatThrownBy(server::refresh)
                    .hasStackTraceContaining(DatabaseNotStarted.class.getName())
                    .hasStackTraceContaining("choose another with POLYPHONY_DATA_DIR");
        }
    }

    @Test
    void leavesADatabaseOfTheOperatorsAlone() {
        try (var server = server(Map.of(
                "polyphony.data-dir",
                directory.toString(),
                "spring.datasource.url",
                "jdbc:postgresql://db.example.org/polyphony"))) {
            server.refresh();

            assertThat(server.getBeanNamesForType(StartingDatabase.class)).isEmpty();
            assertThat(directory).isEmptyDirectory();
        }
    }

    private Path postmaster() {
        return directory.resolve("postgres/postmaster.pid");
    }

    private static AnnotationConfigApplicationContext server(Map<String, Object> settings) {
        AnnotationConfigApplicationContext server = new AnnotationConfigApplicationContext();
        server.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
        server.register(Server.class);
        new StartDatabaseEarly().initialize(server);
        return server;
    }
}
