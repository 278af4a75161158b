package dev.polyphony.identity.store.tokens;

import static dev.polyphony.db.identity.Tables.REFRESH_TOKEN;
import static dev.polyphony.db.identity.Tables.SESSION;
import static dev.polyphony.db.identity.Tables.USER_ACCOUNT;

import dev.polyphony.db.identity.tables.records.RefreshTokenRecord;
import dev.polyphony.db.identity.tables.records.UserAccountRecord;
import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.identity.store.secrets.DatabaseTime;
import dev.polyphony.identity.store.secrets.KeyedDigest;
import dev.polyphony.identity.tokens.RefreshToken;
import dev.polyphony.identity.tokens.Sessions;
import dev.polyphony.identity.tokens.Sessions.Renewal.Renewed;
import dev.polyphony.identity.tokens.Sessions.Renewal.Repeated;
import dev.polyphony.identity.tokens.Sessions.Renewal.Reused;
import dev.polyphony.identity.tokens.Sessions.Renewal.Unknown;
import dev.polyphony.identity.users.UserGrant;
import dev.polyphony.identity.users.UserId;
import dev.polyphony.shared.TenantId;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.SelectConditionStep;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Locks the user before the session or the token, as the projection of users does. So a session either sees what was changed about
 * its user, or is ended by that change.
 */
@Component
class JooqSessions implements Sessions {
    private final DSLContext sql;
    private final TransactionOperations transaction;
    private final KeyedDigest tokens;
    private final KeyedDigest addresses;

    JooqSessions(DSLContext sql, PlatformTransactionManager transactions, DerivedKeys keys) {
        this.sql = sql;
        this.transaction = new TransactionTemplate(transactions);
        this.tokens = new KeyedDigest(keys, "polyphony refresh tokens");
        this.addresses = new KeyedDigest(keys, "polyphony addresses");
    }

    @Override
    public Optional<Session> begin(UserId userId, RefreshToken first, Duration lifetime) {
        sql.deleteFrom(SESSION).where(SESSION.EXPIRES_AT.lt(DatabaseTime.NOW)).execute();
        return transaction.execute(_ -> user(userId.value()).map(account -> {
            UUID id = UUID.randomUUID();
            sql.insertInto(SESSION)
                    .set(SESSION.SESSION_ID, id)
                    .set(SESSION.USER_ID, userId.value())
                    .set(SESSION.EXPIRES_AT, DatabaseTime.in(lifetime))
                    .execute();
            add(id, first, lifetime);
            return session(id, account);
        }));
    }

    private void add(UUID sessionId, RefreshToken token, Duration lifetime) {
        sql.insertInto(REFRESH_TOKEN)
                .set(REFRESH_TOKEN.DIGEST, tokens.of(token.value()))
                .set(REFRESH_TOKEN.SESSION_ID, sessionId)
                .set(REFRESH_TOKEN.EXPIRES_AT, DatabaseTime.in(lifetime))
                .execute();
    }

    @Override
    public Renewal renew(RefreshToken used, RefreshToken next, RefreshPolicy policy) {
        byte[] digest = tokens.of(used.value());
        Renewal renewal = transaction.execute(_ -> alive(digest)
                .fetchOptional(SESSION.USER_ID)
                .flatMap(this::user)
                .map(account -> renew(account, digest, next, policy))
                .orElseGet(Unknown::new));
        return Objects.requireNonNull(renewal);
    }

    private Renewal renew(UserAccountRecord account, byte[] digest, RefreshToken next, RefreshPolicy policy) {
        RefreshTokenRecord token = sql.selectFrom(REFRESH_TOKEN)
                .where(REFRESH_TOKEN.DIGEST.eq(digest))
                .forUpdate()
                .fetchOne();
        if (token == null || !sql.fetchExists(alive(digest))) {
            return new Unknown();
        }
        return token.getUsedAt() == null
                ? replace(account, token, next, policy)
                : usedAgain(new UserId(account.getUserId()), token, policy);
    }

    private Renewal replace(
            UserAccountRecord account, RefreshTokenRecord token, RefreshToken next, RefreshPolicy policy) {
        sql.update(REFRESH_TOKEN)
                .set(REFRESH_TOKEN.USED_AT, DatabaseTime.NOW)
                .set(REFRESH_TOKEN.USED_FROM, addresses.of(policy.address()))
                .where(REFRESH_TOKEN.DIGEST.eq(token.getDigest()))
                .execute();
        sql.update(SESSION)
                .set(SESSION.EXPIRES_AT, DatabaseTime.in(policy.lifetime()))
                .where(SESSION.SESSION_ID.eq(token.getSessionId()))
                .execute();
        add(token.getSessionId(), next, policy.lifetime());
        return new Renewed(session(token.getSessionId(), account));
    }

    private Renewal usedAgain(UserId userId, RefreshTokenRecord token, RefreshPolicy policy) {
        boolean retry = Arrays.equals(token.getUsedFrom(), addresses.of(policy.address()))
                && sql.fetchExists(
                        REFRESH_TOKEN,
                        REFRESH_TOKEN
                                .DIGEST
                                .eq(token.getDigest())
                                .and(REFRESH_TOKEN.USED_AT.gt(DatabaseTime.before(policy.retryWindow()))));
        if (retry) {
            return new Repeated();
        }
        end(token.getSessionId());
        return new Reused(userId);
    }

    /** The user of a token that has not expired, of a session that goes on. */
    private SelectConditionStep<Record1<UUID>> alive(byte[] digest) {
        return sql.select(SESSION.USER_ID)
                .from(REFRESH_TOKEN)
                .join(SESSION)
                .on(SESSION.SESSION_ID.eq(REFRESH_TOKEN.SESSION_ID))
                .where(REFRESH_TOKEN.DIGEST.eq(digest))
                .and(REFRESH_TOKEN.EXPIRES_AT.gt(DatabaseTime.NOW))
                .and(SESSION.EXPIRES_AT.gt(DatabaseTime.NOW))
                .and(SESSION.ENDED_AT.isNull());
    }

    private Optional<UserAccountRecord> user(UUID userId) {
        return sql.selectFrom(USER_ACCOUNT)
                .where(USER_ACCOUNT.USER_ID.eq(userId))
                .and(USER_ACCOUNT.ENABLED)
                .andNot(USER_ACCOUNT.DELETED)
                .forShare()
                .fetchOptional();
    }

    private static Session session(UUID id, UserAccountRecord account) {
        UserGrant grant = new UserGrant(
                Arrays.stream(account.getRoles()).map(Role::valueOf).toList(),
                Arrays.stream(account.getScopes()).map(Scope::new).toList());
        return new Session(id, new UserId(account.getUserId()), new TenantId(account.getTenant()), grant);
    }

    @Override
    public void end(UUID sessionId) {
        sql.update(SESSION)
                .set(SESSION.ENDED_AT, DatabaseTime.NOW)
                .where(SESSION.SESSION_ID.eq(sessionId))
                .and(SESSION.ENDED_AT.isNull())
                .execute();
    }

    @Override
    public void end(RefreshToken token) {
        sql.select(REFRESH_TOKEN.SESSION_ID)
                .from(REFRESH_TOKEN)
                .where(REFRESH_TOKEN.DIGEST.eq(tokens.of(token.value())))
                .fetchOptional(REFRESH_TOKEN.SESSION_ID)
                .ifPresent(this::end);
    }
}
