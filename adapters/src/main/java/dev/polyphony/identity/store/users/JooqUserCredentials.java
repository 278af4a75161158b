package dev.polyphony.identity.store.users;

import static dev.polyphony.db.identity.Tables.BACKUP_CODE;
import static dev.polyphony.db.identity.Tables.USER_ACCOUNT;
import static dev.polyphony.db.identity.Tables.USER_SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import dev.polyphony.identity.store.secrets.DatabaseTime;
import dev.polyphony.identity.users.UserCredentials;
import dev.polyphony.identity.users.UserId;
import dev.polyphony.identity.users.Username;
import dev.polyphony.shared.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

@Component
class JooqUserCredentials implements UserCredentials {
    private static final Duration TO_CREATE = Duration.ofMinutes(1);
    private static final long NO_STEP = -1;

    private final DSLContext sql;
    private final TransactionOperations transaction;
    private final UserSecrets secrets;

    JooqUserCredentials(DSLContext sql, PlatformTransactionManager transactions, UserSecrets secrets) {
        this.sql = sql;
        this.transaction = new TransactionTemplate(transactions);
        this.secrets = secrets;
    }

    @Override
    public boolean reserve(UserId userId, Username username, String passwordHash) {
        byte[] loginKey = secrets.loginKey(username);
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            sql.deleteFrom(USER_SECRET)
                    .where(USER_SECRET.LOGIN_KEY.eq(loginKey))
                    .and(USER_SECRET.RESERVED_AT.lt(DatabaseTime.before(TO_CREATE)))
                    .and(notExists(selectOne().from(USER_ACCOUNT).where(USER_ACCOUNT.USER_ID.eq(USER_SECRET.USER_ID))))
                    .execute();
            if (sql.fetchExists(
                    USER_SECRET, USER_SECRET.USER_ID.eq(userId.value()).and(USER_SECRET.LOGIN_KEY.eq(loginKey)))) {
                return true; // by an earlier try of the same request
            }
            return sql.insertInto(USER_SECRET)
                            .set(USER_SECRET.USER_ID, userId.value())
                            .set(USER_SECRET.LOGIN_KEY, loginKey)
                            .set(USER_SECRET.PASSWORD_HASH, secrets.encryptPassword(userId, passwordHash))
                            .set(USER_SECRET.TOTP_STEP, NO_STEP)
                            .set(USER_SECRET.RESERVED_AT, DatabaseTime.NOW)
                            .onConflictDoNothing()
                            .execute()
                    == 1;
        }));
    }

    @Override
    public Optional<Login> find(Username username) {
        return find(USER_SECRET.LOGIN_KEY.eq(secrets.loginKey(username)));
    }

    @Override
    public Optional<Login> find(UserId userId) {
        return find(USER_SECRET.USER_ID.eq(userId.value()));
    }

    private Optional<Login> find(Condition condition) {
        return sql.select(
                        USER_ACCOUNT.USER_ID,
                        USER_ACCOUNT.TENANT,
                        USER_ACCOUNT.ROLES,
                        USER_ACCOUNT.SCOPES,
                        USER_SECRET.PASSWORD_HASH,
                        USER_SECRET.TOTP_SECRET)
                .from(USER_SECRET)
                .join(USER_ACCOUNT)
                .on(USER_ACCOUNT.USER_ID.eq(USER_SECRET.USER_ID))
                .where(condition)
                .and(USER_ACCOUNT.ENABLED)
                .andNot(USER_ACCOUNT.DELETED)
                .fetchOptional(this::login);
    }

    private Login login(Record row) {
        UserId userId = new UserId(row.get(USER_ACCOUNT.USER_ID));
        byte[] totp = row.get(USER_SECRET.TOTP_SECRET);
        return new Login(
                userId,
                new TenantId(row.get(USER_ACCOUNT.TENANT)),
                UserRows.grant(row.get(USER_ACCOUNT.ROLES), row.get(USER_ACCOUNT.SCOPES)),
                new String(secrets.decryptPassword(userId, row.get(USER_SECRET.PASSWORD_HASH)), UTF_8),
                totp == null ? null : secrets.decryptTotp(userId, totp));
    }

    @Override
    public void changePassword(UserId userId, String passwordHash) {
        sql.update(USER_SECRET)
                .set(USER_SECRET.PASSWORD_HASH, secrets.encryptPassword(userId, passwordHash))
                .where(USER_SECRET.USER_ID.eq(userId.value()))
                .execute();
    }

    @Override
    public void delete(UserId userId) {
        sql.deleteFrom(USER_SECRET)
                .where(USER_SECRET.USER_ID.eq(userId.value()))
                .execute();
    }

    @Override
    public void offerSecret(UserId userId, byte[] totpSecret) {
        sql.update(USER_SECRET)
                .set(USER_SECRET.TOTP_OFFERED, secrets.encryptTotp(userId, totpSecret))
                .where(USER_SECRET.USER_ID.eq(userId.value()))
                .execute();
    }

    @Override
    public Optional<byte[]> offeredSecret(UserId userId) {
        return sql.select(USER_SECRET.TOTP_OFFERED)
                .from(USER_SECRET)
                .where(USER_SECRET.USER_ID.eq(userId.value()))
                .fetchOptional(USER_SECRET.TOTP_OFFERED)
                .map(encrypted -> secrets.decryptTotp(userId, encrypted));
    }

    @Override
    public void confirmSecret(UserId userId, long step, List<String> backupCodes) {
        transaction.executeWithoutResult(_ -> {
            int confirmed = sql.update(USER_SECRET)
                    .set(USER_SECRET.TOTP_SECRET, USER_SECRET.TOTP_OFFERED)
                    .setNull(USER_SECRET.TOTP_OFFERED)
                    .set(USER_SECRET.TOTP_STEP, step)
                    .where(USER_SECRET.USER_ID.eq(userId.value()))
                    .and(USER_SECRET.TOTP_OFFERED.isNotNull())
                    .execute();
            if (confirmed == 1) {
                replaceBackupCodes(userId, backupCodes);
            }
        });
    }

    private void replaceBackupCodes(UserId userId, List<String> codes) {
        sql.deleteFrom(BACKUP_CODE)
                .where(BACKUP_CODE.USER_ID.eq(userId.value()))
                .execute();
        for (String code : codes) {
            sql.insertInto(BACKUP_CODE)
                    .set(BACKUP_CODE.USER_ID, userId.value())
                    .set(BACKUP_CODE.DIGEST, secrets.backupCode(userId, code))
                    .execute();
        }
    }

    @Override
    public void removeSecret(UserId userId) {
        transaction.executeWithoutResult(_ -> {
            sql.update(USER_SECRET)
                    .setNull(USER_SECRET.TOTP_SECRET)
                    .setNull(USER_SECRET.TOTP_OFFERED)
                    .where(USER_SECRET.USER_ID.eq(userId.value()))
                    .execute();
            replaceBackupCodes(userId, List.of());
        });
    }

    @Override
    public boolean useStep(UserId userId, long step) {
        return sql.update(USER_SECRET)
                        .set(USER_SECRET.TOTP_STEP, step)
                        .where(USER_SECRET.USER_ID.eq(userId.value()))
                        .and(USER_SECRET.TOTP_STEP.lt(step))
                        .execute()
                == 1;
    }

    @Override
    public boolean useBackupCode(UserId userId, String code) {
        return sql.deleteFrom(BACKUP_CODE)
                        .where(BACKUP_CODE.USER_ID.eq(userId.value()))
                        .and(BACKUP_CODE.DIGEST.eq(secrets.backupCode(userId, code)))
                        .execute()
                == 1;
    }
}
