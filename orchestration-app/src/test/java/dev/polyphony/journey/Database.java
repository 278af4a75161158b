package dev.polyphony.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.postgres.Login;
import dev.polyphony.postgres.PostgresExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The server's database as its owner sees and changes it. */
final class Database {
    private Database() {}

    /** The tables, of all schemas, that have rows with the text in any column. */
    static List<String> rowsWith(String text) throws SQLException {
        String hex = HexFormat.of().formatHex(text.getBytes(UTF_8));
        try (Connection connection = connect()) {
            List<String> found = new ArrayList<>();
            for (String table : strings(
                    connection,
                    "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in"
                            + " ('pg_catalog', 'information_schema')")) {
                found.addAll(strings(
                        connection,
                        "select '%s' from %s t where t::text like '%%%s%%' or t::text like '%%%s%%'"
                                .formatted(table, table, text, hex)));
            }
            return found;
        }
    }

    /** The names of what happened to a tenant and within it. */
    static List<String> eventsOf(String tenant) throws SQLException {
        try (Connection connection = connect()) {
            return strings(
                    connection,
                    "select type from eventstore.event where '%s' in (tenant, replace(aggregate_id, 'tenant:', ''))"
                            .formatted(tenant));
        }
    }

    /** Does what the server itself may not. */
    static void execute(String statement) throws SQLException {
        try (Connection connection = connect()) {
            connection.createStatement().execute(statement);
        }
    }

    static Connection connect() throws SQLException {
        Login owner = PostgresExtension.owner();
        return DriverManager.getConnection(PostgresExtension.jdbcUrl(), owner.role(), owner.password());
    }

    private static List<String> strings(Connection connection, String query) throws SQLException {
        try (ResultSet rows = connection.createStatement().executeQuery(query)) {
            List<String> strings = new ArrayList<>();
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
            return strings;
        }
    }
}
