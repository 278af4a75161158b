package dev.polyphony.platform.database;

import dev.polyphony.eventstore.WriteProbe;
import dev.polyphony.platform.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Whether the pool lends a connection on which PostgreSQL answers, whether PostgreSQL takes a write, and whether the disk of the data
 * directory has room.
 */
@Component
@Order(2)
class DatabaseHealthIndicator implements HealthIndicator {
    private static final int TIMEOUT_SECONDS = 1;

    private final DataSource database;
    private final WriteProbe writes;
    private final Path data;
    private final DataSize minFreeDisk;

    DatabaseHealthIndicator(DataSource database, DSLContext sql, DataDirectory data, DatabaseSettings settings) {
        this.database = database;
        this.writes = new WriteProbe(sql);
        this.data = data.path();
        this.minFreeDisk = settings.minFreeDisk();
    }

    @Override
    public Health health() {
        try {
            if (!answers()) {
                return down("the database does not answer within " + TIMEOUT_SECONDS + " s");
            }
            writes.write();
            return disk();
        } catch (SQLException unreachable) {
            return down("the database cannot be reached: " + unreachable.getMessage());
        } catch (DataAccessException refused) {
            return down("the database takes no writes" + sqlState(refused));
        }
    }

    private static String sqlState(Throwable refused) {
        return Stream.iterate(refused, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(cause -> " (SQLSTATE " + ((SQLException) cause).getSQLState() + ")")
                .findFirst()
                .orElse("");
    }

    /** The connection goes back before the write asks for one. */
    private boolean answers() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(TIMEOUT_SECONDS);
        }
    }

    private Health disk() {
        if (!Files.exists(data)) {
            return Health.up().build();
        }
        try {
            DataSize free = DataSize.ofBytes(Files.getFileStore(data).getUsableSpace());
            return free.compareTo(minFreeDisk) < 0
                    ? down("only %d MB of the disk with the data directory are free, less than %d MB"
                            .formatted(free.toMegabytes(), minFreeDisk.toMegabytes()))
                    : Health.up().build();
        } catch (IOException unreadable) {
            return down("the data directory cannot be read");
        }
    }

    private static Health down(String message) {
        return Health.down().withDetail("message", message).build();
    }
}
