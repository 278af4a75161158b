package dev.polyphony.eventstore.log;

import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Connections that nobody else uses, and that end when the other side falls silent: a machine that has vanished must not hold a
 * thread for ever.
 */
public final class LogConnections {
    private static final Duration LOGIN = Duration.ofSeconds(5);

    /** Longer than the locks of a writer may make it wait. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private LogConnections() {}

    /**
     * Each connection is a new one, which its user closes.
     *
     * @param username null when the URL or the environment says it
     * @param password null when none is needed
     */
    public static DataSource to(String jdbcUrl, @Nullable String username, @Nullable String password) {
        return to(jdbcUrl, username, password, SILENCE);
    }

    /** @param silence how long the other side may say nothing while it is waited for */
    static DataSource to(String jdbcUrl, @Nullable String username, @Nullable String password, Duration silence) {
        Properties limits = new Properties();
        limits.setProperty("loginTimeout", seconds(LOGIN));
        limits.setProperty("connectTimeout", seconds(LOGIN));
        limits.setProperty("socketTimeout", seconds(silence));
        limits.setProperty("tcpKeepAlive", "true");
        DriverManagerDataSource connections = new DriverManagerDataSource(jdbcUrl);
        connections.setUsername(username);
        connections.setPassword(password);
        connections.setConnectionProperties(limits);
        return connections;
    }

    private static String seconds(Duration length) {
        return Long.toString(length.toSeconds());
    }
}
