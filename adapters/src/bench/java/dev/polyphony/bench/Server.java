package dev.polyphony.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.polyphony.db.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.util.FileSystemUtils;

/** The PostgreSQL that the product ships, as durable as in production, in a directory of its own. */
final class Server implements AutoCloseable {
    private final Path directory;
    private final EmbeddedDatabase database;

    Server() throws IOException {
        directory = Files.createTempDirectory("polyphony-bench");
        database = EmbeddedDatabase.start(directory);
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .load()
                .migrate();
    }

    HikariDataSource pool(int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.username());
        config.setPassword(database.password());
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(60_000);
        return new HikariDataSource(config);
    }

    DataSource unpooled() {
        return new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
    }

    static DSLContext sql(DataSource connections) {
        return DSL.using(new TransactionAwareDataSourceProxy(connections), SQLDialect.POSTGRES);
    }

    @Override
    public void close() {
        database.close();
        FileSystemUtils.deleteRecursively(directory.toFile());
    }
}
