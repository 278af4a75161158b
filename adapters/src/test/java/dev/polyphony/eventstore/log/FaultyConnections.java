package dev.polyphony.eventstore.log;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Connections to a real database that go wrong at the moment that a test has chosen. */
final class FaultyConnections extends DelegatingDataSource {
    private static final String CONNECTION_FAILURE = "08006";

    private final AtomicReference<@Nullable Error> error = new AtomicReference<>();
    private final AtomicBoolean answersGetLost = new AtomicBoolean();
    private final AtomicBoolean commitsGetLost = new AtomicBoolean();
    private final AtomicInteger made = new AtomicInteger();
    private volatile boolean refused;

    FaultyConnections(DataSource real) {
        super(real);
    }

    /** Whoever asks for a connection meets this error, once. */
    void meetOnce(Error next) {
        error.set(next);
    }

    void refuse(boolean now) {
        refused = now;
    }

    /** The next append is executed and committed, and its answer is lost together with the connection. */
    void loseTheNextAnswer() {
        answersGetLost.set(true);
    }

    boolean isAnswerLost() {
        return !answersGetLost.get();
    }

    /** The next commit never arrives: the connection is lost before. */
    void loseTheNextCommit() {
        commitsGetLost.set(true);
    }

    int made() {
        return made.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        Error next = error.getAndSet(null);
        if (next != null) {
            throw next;
        }
        if (refused) {
            throw new SQLException("Connection refused", "08001");
        }
        Connection real = super.getConnection();
        made.incrementAndGet();
        return proxy(Connection.class, (_, method, arguments) -> onConnection(real, method, arguments));
    }

    private @Nullable Object onConnection(Connection real, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("commit") && commitsGetLost.getAndSet(false)) {
            throw lost(real);
        }
        Object result = call(real, method, arguments);
        return result instanceof PreparedStatement statement
                ? proxy(PreparedStatement.class, (_, inner, given) -> onStatement(real, statement, inner, given))
                : result;
    }

    private @Nullable Object onStatement(
            Connection connection, PreparedStatement real, Method method, Object[] arguments) throws Throwable {
        Object result = call(real, method, arguments);
        if (method.getName().equals("executeQuery") && answersGetLost.getAndSet(false)) {
            throw lost(connection);
        }
        return result;
    }

    private static SQLException lost(Connection connection) throws SQLException {
        connection.close();
        return new SQLException("Connection reset", CONNECTION_FAILURE);
    }

    private static @Nullable Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getTargetException();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
