package dev.polyphony.eventstore;

import static dev.polyphony.db.eventstore.Tables.WRITE_PROBE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.postgres.PostgresExtension;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class WriteProbeTest {
    private final DSLContext sql;

    WriteProbeTest(DSLContext sql) {
        this.sql = sql;
    }

    /** A write into space that the table has already would succeed on a full disk. */
    @Test
    void leavesOneRowInANewFileEachTime() {
        WriteProbe probe = new WriteProbe(sql);
        probe.write();
        Object before = file();

        probe.write();

        assertThat(sql.fetchCount(WRITE_PROBE)).isEqualTo(1);
        assertThat(file()).isNotEqualTo(before);
        assertThat(sql.fetchSingle("select pg_total_relation_size('eventstore.write_probe')")
                        .get(0, Long.class))
                .isGreaterThan(16_000);
    }

    @Test
    void waitsForNobodyWhoHoldsTheTable() {
        sql.transaction(holder -> {
            holder.dsl().execute("lock table eventstore.write_probe in access share mode");
            new WriteProbe(sql).write();
        });
    }

    private Object file() {
        return sql.fetchSingle("select pg_relation_filenode('eventstore.write_probe')")
                .get(0);
    }
}
