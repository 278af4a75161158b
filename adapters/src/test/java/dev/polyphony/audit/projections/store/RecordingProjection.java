package dev.polyphony.audit.projections.store;

import dev.polyphony.postgres.TestDatabase;
import dev.polyphony.workflows.WorkflowRunEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.TrackingToken;
import org.jooq.DSLContext;

/** A read model that writes down what it hears, and then does what a test wants it to do. */
@ProcessingGroup(RecordingProjection.NAME)
final class RecordingProjection {
    static final String NAME = "heard";

    private final DSLContext sql;
    private final Map<String, Integer> tries = new ConcurrentHashMap<>();
    private volatile Behaviour before = _ -> {};
    private volatile Behaviour after = _ -> {};

    /** May throw what it likes; an event is named by its aggregate and sequence, such as {@code b-1}. */
    @FunctionalInterface
    interface Behaviour {
        void hear(String event) throws Exception;
    }

    RecordingProjection(DSLContext sql) {
        this.sql = sql;
    }

    static void createTable(TestDatabase database) {
        database.ownerSql()
                .execute("create table heard (event text not null primary key, position bigint not null,"
                        + " place bigint generated always as identity); grant all on heard to public");
    }

    static List<String> inOrder(DSLContext sql) {
        return sql.fetch("select event from heard order by place").getValues(0, String.class);
    }

    /** After it has written. */
    void afterWriting(Behaviour next) {
        after = next;
    }

    /** Before it has written. */
    void beforeWriting(Behaviour next) {
        before = next;
    }

    int triesOf(String event) {
        return tries.getOrDefault(event, 0);
    }

    @EventHandler
    void on(WorkflowRunEvent payload, DomainEventMessage<?> message, TrackingToken token) throws Exception {
        String event = message.getAggregateIdentifier() + "-" + message.getSequenceNumber();
        tries.merge(event, 1, Integer::sum);
        before.hear(event);
        sql.execute(
                "insert into heard (event, position) values (?, ?) on conflict do nothing",
                event,
                token.position().orElseThrow());
        after.hear(event);
    }

    @ResetHandler
    void reset() {
        sql.execute("truncate heard");
    }
}
