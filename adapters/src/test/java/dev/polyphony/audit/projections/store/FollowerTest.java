package dev.polyphony.audit.projections.store;

import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.postgres.TestDatabase;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A read model that follows a history, both in a database of each test's own. */
abstract class FollowerTest {
    /** In seconds. */
    static final int TIMEOUT = 60;

    static final int BATCH = 200;

    final TestDatabase database = PostgresExtension.freshDatabase();
    final DSLContext sql = FollowingNode.inTransactions(database);
    final RecordingProjection recorded = new RecordingProjection(sql);

    @BeforeEach
    void createReadModel() {
        RecordingProjection.createTable(database);
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }
}
