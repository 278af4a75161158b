package dev.polyphony.identity.store.tokens;

import static dev.polyphony.db.identity.Tables.REVOKED_TOKEN;
import static dev.polyphony.db.identity.Tables.SESSION;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import dev.polyphony.identity.store.secrets.DatabaseTime;
import dev.polyphony.identity.tokens.TokenRevocations;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class JooqTokenRevocations implements TokenRevocations {
    /** Longer than clocks may differ: a token that has expired here may not have on another node. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final DSLContext sql;

    JooqTokenRevocations(DSLContext sql) {
        this.sql = sql;
    }

    @Override
    public void revoke(String tokenId, Instant expiresAt) {
        sql.insertInto(REVOKED_TOKEN)
                .set(REVOKED_TOKEN.TOKEN_ID, tokenId)
                .set(REVOKED_TOKEN.EXPIRES_AT, expiresAt)
                .onConflictDoNothing()
                .execute();
        sql.deleteFrom(REVOKED_TOKEN)
                .where(REVOKED_TOKEN.EXPIRES_AT.lt(DatabaseTime.before(KEPT)))
                .execute();
    }

    @Override
    public boolean isRevoked(String tokenId, @Nullable UUID sessionId) {
        Condition revoked = exists(selectOne().from(REVOKED_TOKEN).where(REVOKED_TOKEN.TOKEN_ID.eq(tokenId)));
        return sql.fetchExists(selectOne().where(sessionId == null ? revoked : revoked.or(isOver(sessionId))));
    }

    private static Condition isOver(UUID sessionId) {
        return notExists(selectOne()
                .from(SESSION)
                .where(SESSION.SESSION_ID.eq(sessionId))
                .and(SESSION.ENDED_AT.isNull()));
    }
}
