package dev.polyphony.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jooq.CloseableDSLContext;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server of the operator's, prepared as {@code docs/configuration.md} says: no role of ours is a superuser. */
@ExtendWith(PostgresExtension.class)
class OwnPostgresTest {
    private static final Login OWNER = Login.fresh("own_owner");
    private static final Login APPLICATION = Login.fresh("own_application");

    private final DSLContext operator;
    private final String jdbcUrl;

    OwnPostgresTest(TestDatabase database) {
        this.operator = database.ownerSql();
        this.jdbcUrl = database.jdbcUrl().replaceFirst("[^/]+$", "own_polyphony");
    }

    @BeforeEach
    void createsTheRoles() {
        operator.execute("create role own_owner login password '" + OWNER.password() + "'");
        operator.execute("create role own_application login password '" + APPLICATION.password() + "'");
    }

    @AfterEach
    void dropsEverything() {
        operator.execute("drop database own_polyphony with (force)");
        operator.execute("drop role own_application");
        operator.execute("drop role own_owner");
    }

    @Test
    void servesOnADatabaseOfItsOwn() {
        operator.execute("create database own_polyphony owner own_owner");

        servesWithTwoOrdinaryRoles();
    }

    @Test
    void servesOnADatabaseThatItShares() {
        operator.execute("create database own_polyphony");
        operator.execute("grant connect, create on database own_polyphony to own_owner");
        operator.execute("grant connect on database own_polyphony to own_application");
        try (CloseableDSLContext there = sql(PostgresExtension.owner())) {
            there.execute("grant create on schema public to own_owner");
            there.execute("create schema stranger; create table stranger.secret ()");
        }

        servesWithTwoOrdinaryRoles();
        try (CloseableDSLContext sql = sql(APPLICATION)) {
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> sql.execute("select * from stranger.secret"))
                    .withMessageContaining("permission denied for schema stranger");
        }
    }

    private void servesWithTwoOrdinaryRoles() {
        TestServer.migrate(jdbcUrl, OWNER, APPLICATION);
        try (CloseableDSLContext sql = sql(APPLICATION)) {
            assertThat(sql.execute("update eventstore.head set position = 1")).isEqualTo(1);
            assertThat(sql.fetch("select * from eventstore.event")).isEmpty();
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> sql.execute("delete from eventstore.event"))
                    .withMessageContaining("permission denied for table event");
        }
    }

    private CloseableDSLContext sql(Login login) {
        return DSL.using(jdbcUrl, login.role(), login.password());
    }
}
