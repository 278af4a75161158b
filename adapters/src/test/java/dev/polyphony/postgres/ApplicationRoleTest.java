package dev.polyphony.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
class ApplicationRoleTest {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final TestDatabase database;
    private final DSLContext sql;

    ApplicationRoleTest(TestDatabase database) {
        this.database = database;
        this.sql = database.sql();
    }

    @Test
    void addsToTheHistoryAndReadsIt() {
        int added = sql.execute("""
            insert into eventstore.event
            values (1, 'e1', 'task', 't1', 0, 'task.created', 1, 'acme', 'key:ann', 'c1', 'c1', now(), '{}', '')
            """);

        assertThat(added).isEqualTo(1);
        assertThat(sql.fetchValue("select event_id from eventstore.event where position = 1"))
                .isEqualTo("e1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update eventstore.event set payload = '{}'",
                "delete from eventstore.event",
                "truncate eventstore.event",
                "truncate eventstore.event cascade",
                "select * from eventstore.event for update",
                "insert into eventstore.event select * from eventstore.event on conflict (position) do update set"
                        + " payload = '{}'",
                "merge into eventstore.event using (select 1) one on true when matched then delete",
                "do 'begin lock table eventstore.event in exclusive mode; end'",
                "drop table eventstore.event",
                "drop schema eventstore cascade",
                "alter table eventstore.event disable trigger all",
                "alter table eventstore.event add column note text",
                "alter table eventstore.event rename to forgotten",
                "alter table eventstore.event owner to current_user",
                "create rule nothing as on insert to eventstore.event do instead nothing",
                "create trigger forget before insert on eventstore.event execute function"
                        + " suppress_redundant_updates_trigger()",
                "create policy nothing on eventstore.event using (false)",
                "set role pg_database_owner",
                "set session_replication_role = replica",
                "alter role polyphony superuser",
                "create role deputy",
                "create database elsewhere",
                "create schema mine",
                "create table eventstore.mine ()",
                "create table public.mine ()",
                "create function public.mine() returns int language sql return 1",
                "update public.flyway_schema_history set checksum = 0",
                "copy eventstore.event to program 'cat'"
            })
    void isRefused(String statement) {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> sql.execute(statement))
                .returns(INSUFFICIENT_PRIVILEGE, DataAccessException::sqlState);
    }

    /** PostgreSQL answers such a grant with a warning. */
    @Test
    void cannotGrantItselfMore() {
        sql.execute("grant all on eventstore.event to current_user");
        sql.execute("grant all on eventstore.event to public");

        isRefused("update eventstore.event set payload = '{}'");
    }

    @Test
    void cannotBecomeTheOwner() {
        isRefused("set role \"" + database.owner().role() + "\"");
        assertThat(sql.fetchSingle("""
            select rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls
            from pg_roles
            where rolname = current_user
            """).get(0, Boolean.class)).isFalse();
    }

    @Test
    void mayDoWhatItLikesWithEveryOtherTable() {
        assertThat(sql.fetch("""
            select oid::regclass::text
            from pg_class, unnest(array['select', 'insert', 'update', 'delete', 'truncate']) as action
            where relkind = 'r'
              and relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'public')
              and not has_table_privilege(oid, action)
            group by oid
            """).getValues(0, String.class)).containsExactly("eventstore.event");
    }

    @Test
    void mayUseTheTablesOfLaterMigrations() {
        database.ownerSql()
                .execute("create schema later; create table later.thing (id int generated always as identity, serial"
                        + " serial)");

        migrate(PostgresExtension.application());

        assertThat(sql.execute("insert into later.thing default values")).isEqualTo(1);
        sql.execute("truncate later.thing");
        database.ownerSql().execute("drop schema later cascade");
    }

    @Test
    void losesWhatItWasGrantedBeyondThat() {
        database.ownerSql().execute("""
            grant all on eventstore.event to polyphony, public;
            grant update (payload) on eventstore.event to polyphony;
            grant create on schema eventstore to polyphony
            """);

        migrate(PostgresExtension.application());

        isRefused("update eventstore.event set payload = '{}'");
        isRefused("truncate eventstore.event");
        isRefused("create table eventstore.mine ()");
    }

    @Test
    void leavesOneRoleForEverythingAlone() {
        migrate(database.owner());

        assertThat(database.ownerSql().execute("update eventstore.event set payload = payload"))
                .isEqualTo(sql.fetchCount(sql.selectFrom("eventstore.event")));
        isRefused("update eventstore.event set payload = '{}'");
    }

    @Test
    void isGrantedByManyNodesAtOnce() throws Exception {
        Callable<Void> node = () -> {
            migrate(PostgresExtension.application());
            return null;
        };
        try (ExecutorService nodes = Executors.newFixedThreadPool(8)) {
            List<Future<Void>> starts = nodes.invokeAll(Collections.nCopies(24, node));
            assertThat(starts).extracting(Future::state).containsOnly(Future.State.SUCCESS);
        }
    }

    private void migrate(Login application) {
        TestServer.migrate(database.jdbcUrl(), database.owner(), application);
    }
}
