package dev.polyphony.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.postgres.TestDatabase;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
class HistoryRightsTest {
    private final TestDatabase database;

    HistoryRightsTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void areSafeWithTheRoleOfTheServer() {
        HistoryRights rights = HistoryRights.of(database.sql());

        assertThat(rights.role()).isEqualTo(PostgresExtension.application().role());
        assertThat(rights.owner()).isEqualTo(database.owner().role());
        assertThat(database.jdbcUrl()).endsWith("/" + rights.database());
        assertThat(rights.canRewrite()).isFalse();
    }

    @Test
    void areNotSafeWithTheOwner() {
        assertThat(HistoryRights.of(database.ownerSql()).canRewrite()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant update on eventstore.event to deputy",
                "grant update (payload) on eventstore.event to deputy",
                "grant delete on eventstore.event to deputy",
                "grant truncate on eventstore.event to public",
                "grant trigger on eventstore.event to deputy",
                "grant %s to deputy",
                "alter table eventstore.event owner to deputy",
                "alter role deputy superuser"
            })
    void areNotSafeWithAnyWayToMore(String way) {
        DSLContext owner = database.ownerSql();
        try {
            owner.transaction(transaction -> {
                DSLContext sql = DSL.using(transaction);
                sql.execute("create role deputy noinherit; grant usage on schema eventstore to deputy");
                assertThat(rightsOfDeputy(sql).canRewrite()).isFalse();
                sql.execute(way.formatted(database.owner().role()));
                assertThat(rightsOfDeputy(sql).canRewrite()).isTrue();
                throw new Undone();
            });
        } catch (Undone expected) {
            assertThat(owner.fetchExists(DSL.table("pg_roles"), DSL.condition("rolname = 'deputy'")))
                    .isFalse();
        }
    }

    private static HistoryRights rightsOfDeputy(DSLContext sql) {
        sql.execute("set local role deputy");
        HistoryRights rights = HistoryRights.of(sql);
        sql.execute("reset role");
        return rights;
    }

    private static final class Undone extends RuntimeException {}
}
