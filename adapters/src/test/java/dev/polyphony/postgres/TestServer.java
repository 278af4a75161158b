package dev.polyphony.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The one PostgreSQL server of a test run, with a migrated database that others are copied from. */
record TestServer(String address, Login owner, Login application) {
    private static final Logger log = LoggerFactory.getLogger(TestServer.class);
    private static final AtomicInteger copies = new AtomicInteger();

    /** Starts on first use and stops with the JVM. */
    private static final class Shared {
        static final TestServer SERVER = start();
    }

    static TestServer shared() {
        return Shared.SERVER;
    }

    private static TestServer start() {
        return mayHaveDocker() && DockerClientFactory.instance().isDockerAvailable()
                ? containerOrEmbedded()
                : embedded();
    }

    /** Testcontainers takes seconds to find out that there is none. */
    private static boolean mayHaveDocker() {
        Path home = Path.of(System.getProperty("user.home"));
        return System.getenv("DOCKER_HOST") != null
                || Stream.of(
                                Path.of("/var/run/docker.sock"),
                                Path.of(System.getenv().getOrDefault("XDG_RUNTIME_DIR", "/run"), "docker.sock"),
                                home.resolve(".docker/run/docker.sock"),
                                home.resolve(".docker/desktop/docker.sock"),
                                home.resolve(".testcontainers.properties"))
                        .anyMatch(Files::exists);
    }

    void createTemplate() {
        execute("create database " + ClusterTemplate.DATABASE);
        migrate(jdbcUrl(ClusterTemplate.DATABASE), owner, application);
    }

    static void migrate(String jdbcUrl, Login owner, Login application) {
        Flyway.configure()
                .dataSource(jdbcUrl, owner.role(), owner.password())
                .placeholders(Map.of("application_role", "'" + application.role() + "'"))
                .load()
                .migrate();
    }

    private static TestServer containerOrEmbedded() {
        try {
            return container();
        } catch (RuntimeException failure) {
            log.warn("Docker answers and cannot run PostgreSQL; using the embedded one.", failure);
            return embedded();
        }
    }

    @SuppressWarnings("resource") // it lives as long as the JVM, and Testcontainers removes it afterwards
    private static TestServer container() {
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:18-alpine")
                .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=300");
        container.start();
        String address = "jdbc:postgresql://%s:%d/"
                .formatted(container.getHost(), container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT));
        Login owner = new Login(container.getUsername(), container.getPassword());
        TestServer server = new TestServer(address, owner, applicationRole(address + "postgres", owner));
        server.createTemplate();
        return server;
    }

    private static TestServer embedded() {
        ThrowAwayDatabase throwAway = ThrowAwayDatabase.start();
        Runtime.getRuntime().addShutdownHook(new Thread(throwAway::close, "stop-test-database"));
        return on(throwAway.database());
    }

    static TestServer on(EmbeddedDatabase database) {
        String url = database.jdbcUrl();
        return new TestServer(url.substring(0, url.lastIndexOf('/') + 1), database.owner(), database.application());
    }

    private static Login applicationRole(String jdbcUrl, Login owner) {
        try {
            return ApplicationRole.renew(jdbcUrl, owner);
        } catch (SQLException failure) {
            throw new IllegalStateException("The role of the application cannot be made on " + jdbcUrl, failure);
        }
    }

    TestDatabase freshDatabase() {
        String name = "test_" + copies.incrementAndGet();
        execute("create database %s template %s strategy file_copy".formatted(name, ClusterTemplate.DATABASE));
        Runnable drop = () -> execute("drop database if exists %s with (force)".formatted(name));
        return new TestDatabase(jdbcUrl(name), owner, application, drop);
    }

    private String jdbcUrl(String database) {
        return address + database;
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), owner.role(), owner.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException("The test database server refused: " + sql, failure);
        }
    }
}
