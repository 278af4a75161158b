package dev.polyphony.identity.store.users;

import static dev.polyphony.db.identity.Tables.SESSION;
import static dev.polyphony.db.identity.Tables.USER_ACCOUNT;
import static dev.polyphony.db.identity.Tables.USER_SECRET;
import static org.jooq.impl.DSL.noCondition;

import dev.polyphony.db.identity.tables.records.UserAccountRecord;
import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.identity.store.secrets.DatabaseTime;
import dev.polyphony.identity.users.UserEvent;
import dev.polyphony.identity.users.UserEvent.MfaDisabled;
import dev.polyphony.identity.users.UserEvent.MfaEnabled;
import dev.polyphony.identity.users.UserEvent.PasswordChanged;
import dev.polyphony.identity.users.UserEvent.UserChanged;
import dev.polyphony.identity.users.UserEvent.UserCreated;
import dev.polyphony.identity.users.UserEvent.UserDeleted;
import dev.polyphony.identity.users.UserGrant;
import dev.polyphony.identity.users.UserId;
import dev.polyphony.identity.users.UserQueries;
import dev.polyphony.identity.users.UserView;
import dev.polyphony.shared.TenantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Also decides who may log in, so a replay never goes back in time: a row takes an event only when it has not taken it yet. What ends
 * the sessions of a user ends them in the same transaction.
 */
@Component
@ProcessingGroup(JooqUsers.PROJECTION)
class JooqUsers implements UserQueries {
    static final String PROJECTION = "users";

    private final DSLContext sql;
    private final ReadYourWrites writes;
    private final UserRows rows;

    JooqUsers(DSLContext sql, ReadYourWrites writes, UserRows rows) {
        this.sql = sql;
        this.writes = writes;
        this.rows = rows;
    }

    @Override
    public Optional<UserView> find(TenantId tenant, UserId userId) {
        writes.await(PROJECTION);
        return sql.selectFrom(USER_ACCOUNT)
                .where(USER_ACCOUNT.USER_ID.eq(userId.value()))
                .and(USER_ACCOUNT.TENANT.eq(tenant.value()))
                .andNot(USER_ACCOUNT.DELETED)
                .fetchOptional(rows::view);
    }

    @Override
    public List<UserView> list(TenantId tenant, @Nullable UserId after, int limit) {
        writes.await(PROJECTION);
        return sql.selectFrom(USER_ACCOUNT)
                .where(USER_ACCOUNT.TENANT.eq(tenant.value()))
                .andNot(USER_ACCOUNT.DELETED)
                .and(after == null ? noCondition() : USER_ACCOUNT.USER_ID.gt(after.value()))
                .orderBy(USER_ACCOUNT.USER_ID)
                .limit(limit)
                .fetch(rows::view);
    }

    @EventHandler
    void on(UserEvent event, @SequenceNumber long version, @Timestamp Instant at) {
        if (event instanceof UserCreated created) {
            create(created, version, at);
            return;
        }
        sql.selectFrom(USER_ACCOUNT)
                .where(USER_ACCOUNT.USER_ID.eq(event.userId().value()))
                .and(USER_ACCOUNT.VERSION.lt(version))
                .forUpdate()
                .fetchOptional()
                .ifPresent(row -> {
                    if (endsSessions(event, row)) {
                        endSessions(event.userId());
                    }
                    if (event instanceof UserDeleted) {
                        deleteSecrets(event.userId());
                    }
                    change(row, event);
                    row.setVersion(version);
                    row.update();
                });
    }

    private void create(UserCreated event, long version, Instant at) {
        sql.insertInto(USER_ACCOUNT)
                .set(USER_ACCOUNT.USER_ID, event.userId().value())
                .set(USER_ACCOUNT.TENANT, event.subject().tenant().value())
                .set(USER_ACCOUNT.USERNAME, rows.username(event))
                .set(USER_ACCOUNT.EMAIL, rows.email(event.userId(), event.subject(), event.email()))
                .set(USER_ACCOUNT.ROLES, UserRows.roles(event.grant()))
                .set(USER_ACCOUNT.SCOPES, UserRows.scopes(event.grant()))
                .set(USER_ACCOUNT.ENABLED, true)
                .set(USER_ACCOUNT.MFA, false)
                .set(USER_ACCOUNT.DELETED, false)
                .set(USER_ACCOUNT.VERSION, version)
                .set(USER_ACCOUNT.CREATED_AT, at)
                .onConflictDoNothing()
                .execute();
    }

    private void change(UserAccountRecord row, UserEvent event) {
        switch (event) {
            case UserChanged changed -> {
                row.setEmail(rows.email(changed.userId(), changed.subject(), changed.email()));
                row.setRoles(UserRows.roles(changed.grant()));
                row.setScopes(UserRows.scopes(changed.grant()));
                row.setEnabled(changed.enabled());
            }
            case MfaEnabled _ -> row.setMfa(true);
            case MfaDisabled _ -> row.setMfa(false);
            case UserDeleted _ -> row.setDeleted(true);
            case PasswordChanged _, UserCreated _ -> {}
        }
    }

    private static boolean endsSessions(UserEvent event, UserAccountRecord row) {
        return switch (event) {
            case UserChanged changed -> row.getEnabled() != changed.enabled() || differs(row, changed.grant());
            case PasswordChanged _, UserDeleted _ -> true;
            case MfaEnabled _, MfaDisabled _, UserCreated _ -> false;
        };
    }

    private static boolean differs(UserAccountRecord row, UserGrant grant) {
        return !Arrays.equals(row.getRoles(), UserRows.roles(grant))
                || !Arrays.equals(row.getScopes(), UserRows.scopes(grant));
    }

    /** Also done by whoever deletes the user, unless that process died. */
    private void deleteSecrets(UserId userId) {
        sql.deleteFrom(USER_SECRET)
                .where(USER_SECRET.USER_ID.eq(userId.value()))
                .execute();
    }

    private void endSessions(UserId userId) {
        sql.update(SESSION)
                .set(SESSION.ENDED_AT, DatabaseTime.NOW)
                .where(SESSION.USER_ID.eq(userId.value()))
                .and(SESSION.ENDED_AT.isNull())
                .execute();
    }

    /** Emptied, it would let nobody in until the replay has arrived, and let deleted users in meanwhile. */
    @ResetHandler
    void keepEverything() {}
}
