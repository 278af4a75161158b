package dev.polyphony.bench;

import dev.polyphony.postgres.EmbeddedDatabase;
import dev.polyphony.postgres.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.springframework.util.FileSystemUtils;

/** The PostgreSQL that the product ships, as durable as in production, in a directory of its own. */
final class Server implements AutoCloseable {
    private final Path directory;
    private final EmbeddedDatabase database;

    Server() throws IOException {
        directory = Files.createTempDirectory("polyphony-bench");
        database = EmbeddedDatabase.start(directory);
        Login owner = database.owner();
        Flyway.configure()
                .dataSource(database.jdbcUrl(), owner.role(), owner.password())
                .placeholders(
                        Map.of("application_role", "'" + database.application().role() + "'"))
                .load()
                .migrate();
    }

    /** As a node of the product works on it. */
    Database application() {
        return new Database(database.jdbcUrl(), database.application());
    }

    /** For what makes tables of its own. */
    Database owner() {
        return new Database(database.jdbcUrl(), database.owner());
    }

    @Override
    public void close() {
        database.close();
        FileSystemUtils.deleteRecursively(directory.toFile());
    }
}
