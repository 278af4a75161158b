package dev.polyphony.eventstore.log;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's five-letter codes mean for a writer. */
final class SqlStates {
    private SqlStates() {}

    static boolean isDuplicate(SQLException failure) {
        return "23505".equals(failure.getSQLState());
    }

    /**
     * Whether the same statement may succeed later: the connection is gone (08), the transaction lost a conflict (40), the
     * server lacks resources (53), a lock was not free (55), or an operator stops or starts the server (57),
     * or the server ended a transaction that sat idle (25P03).
     */
    static boolean isTransient(SQLException failure) {
        @Nullable String state = failure.getSQLState();
        return state == null || state.matches("(08|40|53|55|57).*|25P03");
    }
}
