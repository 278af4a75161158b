package dev.polyphony.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Whether the pool lends a connection on which PostgreSQL answers. */
@Component
@Order(2)
class DatabaseHealthIndicator implements HealthIndicator {
    private static final int TIMEOUT_SECONDS = 1;

    private final DataSource database;

    DatabaseHealthIndicator(DataSource database) {
        this.database = database;
    }

    @Override
    public Health health() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(TIMEOUT_SECONDS)
                    ? Health.up().build()
                    : down("the database does not answer within " + TIMEOUT_SECONDS + " s");
        } catch (SQLException unreachable) {
            return down("the database cannot be reached: " + unreachable.getMessage());
        }
    }

    private static Health down(String message) {
        return Health.down().withDetail("message", message).build();
    }
}
