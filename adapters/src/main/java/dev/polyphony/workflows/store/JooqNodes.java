package dev.polyphony.workflows.store;

import static dev.polyphony.db.workflows.Tables.NODE;
import static org.jooq.impl.DSL.currentOffsetDateTime;

import dev.polyphony.shared.NodeId;
import dev.polyphony.workflows.Nodes;
import java.time.Instant;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Component;

/** A heartbeat is a count that grows; when it was is told to people only. */
@Component
class JooqNodes implements Nodes {
    private static final Field<Instant> NOW = currentOffsetDateTime().cast(NODE.HEARTBEAT_AT.getDataType());

    private final DSLContext sql;

    JooqNodes(DSLContext sql) {
        this.sql = sql;
    }

    @Override
    public void heartbeat(NodeId node) {
        sql.insertInto(NODE)
                .set(NODE.NODE_, node.value())
                .set(NODE.BEATS, 1L)
                .set(NODE.HEARTBEAT_AT, NOW)
                .onDuplicateKeyUpdate()
                .set(NODE.BEATS, NODE.BEATS.plus(1))
                .set(NODE.HEARTBEAT_AT, NOW)
                .execute();
    }

    @Override
    public void leave(NodeId node) {
        sql.deleteFrom(NODE).where(NODE.NODE_.eq(node.value())).execute();
    }

    @Override
    public void retireOthers(NodeId node) {
        sql.deleteFrom(NODE).where(NODE.NODE_.ne(node.value())).execute();
    }
}
