package dev.polyphony.eventstore.log;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's five-letter codes mean for a writer. */
final class SqlStates {
    private static final String NOT_CONNECTED = "08001";

    private SqlStates() {}

    static boolean isDuplicate(SQLException failure) {
        return "23505".equals(failure.getSQLState());
    }

    /**
     * Whether the same statement may succeed later: the connection is gone (08), the transaction lost a conflict (40), the
     * server lacks resources (53), a lock was not free (55), an operator stops or starts the server (57), the server ended a
     * transaction that sat idle (25P03), or it does not write because another has become the primary (25006).
     */
    static boolean isTransient(SQLException failure) {
        @Nullable String state = failure.getSQLState();
        return state == null || state.matches("(08|40|53|55|57).*|25P03|25006");
    }

    /**
     * Whether the statement may have been committed all the same: the connection was lost (08, 57P) before the answer came, and
     * not while it was made (08001). With any other answer the server says that it has undone the statement.
     */
    static boolean isInDoubt(SQLException failure) {
        @Nullable String state = failure.getSQLState();
        return state == null || (state.matches("(08|57P).*") && !state.equals(NOT_CONNECTED));
    }

    /** The connection could not be made, for whatever reason. */
    static SQLException notConnected(SQLException reason) {
        return new SQLException(reason.getMessage(), NOT_CONNECTED, reason);
    }
}
