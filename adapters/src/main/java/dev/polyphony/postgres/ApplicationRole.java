package dev.polyphony.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * The role that the server works as: it owns nothing, and may do what the migrations grant it. Its password is made anew at every start and
 * kept in memory only.
 */
final class ApplicationRole {
    private static final String NAME = "polyphony";

    private ApplicationRole() {}

    /** Makes the role where it is missing, takes away what it should not be able to do, and opens it with a new password. */
    static Login renew(String jdbcUrl, Login owner) throws SQLException {
        Login login = Login.fresh(NAME);
        try (Connection connection = DriverManager.getConnection(jdbcUrl, owner.role(), owner.password());
                Statement statement = connection.createStatement()) {
            statement.execute("""
                do $$ begin
                    if to_regrole('%1$s') is null then create role %1$s; end if;
                    alter role %1$s with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
                end $$
                """.formatted(NAME));
            // The driver sends a hash, so that no server log ever shows the password.
            connection
                    .unwrap(PGConnection.class)
                    .alterUserPassword(NAME, login.password().toCharArray(), "scram-sha-256");
        }
        return login;
    }
}
