package dev.polyphony.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.polyphony.eventstore.log.LogConnections;
import dev.polyphony.postgres.Login;
import javax.sql.DataSource;

/** A database as one of its roles sees it. */
record Database(String jdbcUrl, Login login) {
    private static final long PATIENCE_MILLIS = 60_000;

    HikariDataSource pool(int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setUsername(login.role());
        config.setPassword(login.password());
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        return new HikariDataSource(config);
    }

    /** A new connection each time, which its user closes. */
    DataSource unpooled() {
        return LogConnections.to(jdbcUrl, login.role(), login.password());
    }
}
