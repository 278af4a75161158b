package dev.polyphony.audit.projections.store;

import dev.polyphony.db.PostgresExtension;
import dev.polyphony.db.TestDatabase;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A read model that follows a history, both in a database of each test's own. */
abstract class FollowerTest {
    /** In seconds. */
    static final int PATIENCE = 60;

    static final int BATCH = 200;

    final TestDatabase database = PostgresExtension.freshDatabase();
    final DSLContext sql = FollowingNode.inTransactions(database);
    final Heard heard = new Heard(sql);

    @BeforeEach
    void createReadModel() {
        Heard.createTable(database);
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }
}
