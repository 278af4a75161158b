package dev.polyphony.eventstore;

import static dev.polyphony.db.eventstore.Tables.WRITE_PROBE;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;

import dev.polyphony.postgres.SqlFailure;
import org.jooq.DSLContext;

/**
 * Writes what the history would have to: new blocks of a file, and the log of their commit. Changing a row would not do, because it
 * fits into space that the table has already, and neither would a rollback, which leaves such space behind.
 */
public final class WriteProbe {
    /** Two blocks of the disk. */
    private static final int CHARACTERS = 16_000;

    private static final String LOCK_TIMEOUT = "500ms";
    private static final String STATEMENT_TIMEOUT = "2s";

    private final DSLContext sql;

    public WriteProbe(DSLContext sql) {
        this.sql = sql;
    }

    /**
     * Returns when the write is committed, or somebody else holds the table: another node that tries the same, or a backup.
     * Throws when the database does not take it, with an {@link java.sql.SQLException} among the causes.
     */
    public void write() {
        try {
            sql.transaction(transaction -> write(transaction.dsl()));
        } catch (RuntimeException failure) { // Spring and jOOQ have each their own
            if (!SqlFailure.isBehind(failure, SqlFailure.CONTENDED::equals)) {
                throw failure;
            }
        }
    }

    private static void write(DSLContext sql) {
        sql.setLocal(name("lock_timeout"), inline(LOCK_TIMEOUT)).execute();
        sql.setLocal(name("statement_timeout"), inline(STATEMENT_TIMEOUT)).execute();
        sql.truncate(WRITE_PROBE).execute();
        sql.insertInto(WRITE_PROBE)
                .set(WRITE_PROBE.FILLER, "x".repeat(CHARACTERS))
                .execute();
    }
}
