package dev.polyphony.postgres;

import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a real, migrated PostgreSQL: in a container where a Docker engine answers, embedded elsewhere. One server serves the whole test
 * run. Each top-level test class gets an empty database of its own, as a parameter of type {@link DataSource}, {@link DSLContext} or
 * {@link TestDatabase}; its connections may do what a server may. Spring tests, which share application contexts, share the database that the static methods name.
 */
public final class PostgresExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(PostgresExtension.class);

    private static final class ForSpring {
        static final TestDatabase DATABASE = freshDatabase();
    }

    /** A new migrated database; the caller closes it. */
    public static TestDatabase freshDatabase() {
        return TestServer.shared().freshDatabase();
    }

    public static String jdbcUrl() {
        return ForSpring.DATABASE.jdbcUrl();
    }

    /** What a server works as. */
    public static Login application() {
        return TestServer.shared().application();
    }

    /** What a server migrates as. */
    public static Login owner() {
        return TestServer.shared().owner();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == DataSource.class || type == DSLContext.class || type == TestDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        TestDatabase database = databaseOf(context);
        if (type == DataSource.class) {
            return database.dataSource();
        }
        return type == DSLContext.class ? database.sql() : database;
    }

    /** The store of the outermost class closes it after the last test of that class. */
    private static TestDatabase databaseOf(ExtensionContext context) {
        ExtensionContext outermost = context;
        while (!outermost.getParent().orElseThrow().equals(outermost.getRoot())) {
            outermost = outermost.getParent().orElseThrow();
        }
        return outermost
                .getStore(NAMESPACE)
                .computeIfAbsent(TestDatabase.class, _ -> freshDatabase(), TestDatabase.class);
    }
}
