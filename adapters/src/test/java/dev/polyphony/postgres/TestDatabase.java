package dev.polyphony.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.polyphony.eventstore.log.LogConnections;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A migrated database of its own, and a small pool of connections to it that may do what a server may. Closing it closes the pool; the server drops it. */
public final class TestDatabase implements AutoCloseable {
    private static final int CONNECTIONS = 16;

    private final String jdbcUrl;
    private final Login owner;
    private final HikariDataSource connections;
    private final Runnable drop;

    TestDatabase(String jdbcUrl, Login owner, Login application, Runnable drop) {
        this.jdbcUrl = jdbcUrl;
        this.owner = owner;
        this.drop = drop;
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(jdbcUrl);
        pool.setUsername(application.role());
        pool.setPassword(application.password());
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(0);
        connections = new HikariDataSource(pool);
    }

    public String jdbcUrl() {
        return jdbcUrl;
    }

    public HikariDataSource dataSource() {
        return connections;
    }

    /** A new connection each time, which its user closes. */
    public DataSource unpooled() {
        return LogConnections.to(jdbcUrl, connections.getUsername(), connections.getPassword());
    }

    public DSLContext sql() {
        return DSL.using(connections, SQLDialect.POSTGRES);
    }

    /** For what a server cannot do, such as tampering with the history. Opens a connection each time. */
    public DSLContext ownerSql() {
        return DSL.using(new DriverManagerDataSource(jdbcUrl, owner.role(), owner.password()), SQLDialect.POSTGRES);
    }

    public Login owner() {
        return owner;
    }

    @Override
    public void close() {
        connections.close();
        drop.run();
    }
}
