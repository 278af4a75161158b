package dev.polyphony.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.postgres.TestDatabase;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith({PostgresExtension.class, OutputCaptureExtension.class})
@Isolated("reads what the whole JVM logs")
class DatabaseRolesTest {
    private static final String WARNING = "This server works as the database role \"";

    private final DatabaseRoles roles = new DatabaseRoles();

    @Test
    void warnsOfARoleThatCanRewriteTheHistory(TestDatabase database, CapturedOutput output) throws Exception {
        start(database.ownerSql());

        assertThat(output)
                .contains(
                        WARNING + database.owner().role(),
                        "create role polyphony login password",
                        "SPRING_FLYWAY_USER=" + database.owner().role());
    }

    @Test
    void saysNothingOfARoleThatCannot(DSLContext sql, CapturedOutput output) throws Exception {
        start(sql);

        assertThat(output).doesNotContain(WARNING);
    }

    private void start(DSLContext sql) throws Exception {
        roles.historyIsSafeFromThisServer(sql).run(new DefaultApplicationArguments());
    }
}
