package dev.polyphony.eventstore;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jooq.Query;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What the handlers of a projection write while they go through a batch of events. It is sent to PostgreSQL at the end of the batch,
 * in order; statements that follow each other and differ in their values only go together, for the price of one. So a handler
 * that leaves its writes here must not read them back.
 */
public final class BatchedWrites {
    private static final String RESOURCE = BatchedWrites.class.getName();

    private final List<Query> waiting = new ArrayList<>();

    private BatchedWrites() {}

    /** Has the statement run with those of the current batch; at once when there is none, or one event only. */
    public static void add(Query statement) {
        BatchedWrites batch = CurrentUnitOfWork.isStarted() ? of(CurrentUnitOfWork.get()) : null;
        if (batch == null) {
            statement.execute();
        } else {
            batch.waiting.add(statement);
        }
    }

    private static @Nullable BatchedWrites of(UnitOfWork<?> work) {
        return work.root().getResource(RESOURCE);
    }

    /** To be called for each event: from the first on, the statements of a batch of several wait until {@link #send}. */
    public static void gather(UnitOfWork<?> work) {
        if (work instanceof BatchingUnitOfWork<?> batch && batch.isFirstMessage() && !batch.isLastMessage()) {
            batch.getOrComputeResource(RESOURCE, _ -> new BatchedWrites());
        }
    }

    /**
     * Sends what waits.
     *
     * @throws org.jooq.exception.DataAccessException when one of the statements fails; which one is not known
     */
    public static void send(UnitOfWork<?> work) {
        BatchedWrites batch = of(work);
        if (batch != null && !batch.waiting.isEmpty()) {
            DSL.using(batch.waiting.getFirst().configuration())
                    .batched(together -> batch.waiting.forEach(statement -> {
                        statement.attach(together);
                        statement.execute();
                    }));
            batch.waiting.clear();
        }
    }
}
