package dev.polyphony.eventstore.log;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Connections to a real database that go wrong at the moment that a test has chosen. */
final class FaultyConnections extends DelegatingDataSource {
    private static final String CONNECTION_FAILURE = "08006";

    private enum Loss {
        NONE,
        ANSWER,
        COMMIT,
        ANSWER_OF_COMMIT
    }

    private final AtomicReference<@Nullable Error> error = new AtomicReference<>();
    private final AtomicReference<Loss> loss = new AtomicReference<>(Loss.NONE);
    private final AtomicInteger made = new AtomicInteger();
    private volatile boolean refused;
    private volatile boolean staysAway;

    FaultyConnections(DataSource real) {
        super(real);
    }

    /** Whoever asks for a connection meets this error, once. */
    void meetOnce(Error next) {
        error.set(next);
    }

    void refuse(boolean now) {
        refused = now;
        staysAway = now;
    }

    boolean isRefusing() {
        return refused;
    }

    /** From the next loss on no connection can be made. */
    void stayAwayAfterTheNextLoss() {
        staysAway = true;
    }

    /** The next append is executed, and its answer is lost together with the connection. */
    void loseTheNextAnswer() {
        loss.set(Loss.ANSWER);
    }

    /** The next commit never arrives: the connection is lost before. */
    void loseTheNextCommit() {
        loss.set(Loss.COMMIT);
    }

    /** The next commit happens, and its answer is lost together with the connection. */
    void loseTheAnswerOfTheNextCommit() {
        loss.set(Loss.ANSWER_OF_COMMIT);
    }

    boolean hasLost() {
        return loss.get() == Loss.NONE;
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
        boolean commits = method.getName().equals("commit");
        if (commits) {
            lose(Loss.COMMIT, real);
        }
        Object result = call(real, method, arguments);
        if (commits) {
            lose(Loss.ANSWER_OF_COMMIT, real);
        }
        return result instanceof PreparedStatement statement
                        && arguments[0].toString().contains("pg_notify")
                ? proxy(PreparedStatement.class, (_, inner, given) -> onAppend(real, statement, inner, given))
                : result;
    }

    private @Nullable Object onAppend(Connection connection, PreparedStatement real, Method method, Object[] arguments)
            throws Throwable {
        Object result = call(real, method, arguments);
        if (method.getName().equals("executeQuery")) {
            lose(Loss.ANSWER, connection);
        }
        return result;
    }

    private void lose(Loss now, Connection connection) throws SQLException {
        if (loss.get() == now) {
            connection.close();
            refused = staysAway;
            loss.set(Loss.NONE);
            throw new SQLException("Connection reset", CONNECTION_FAILURE);
        }
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
