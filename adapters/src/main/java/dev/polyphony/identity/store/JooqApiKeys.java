package dev.polyphony.identity.store;

import static dev.polyphony.db.identity.Tables.API_KEY;

import dev.polyphony.eventstore.BatchedWrites;
import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.identity.ApiKeyEvent;
import dev.polyphony.identity.ApiKeyEvent.ApiKeyIssued;
import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.ApiKeySecret;
import dev.polyphony.identity.ApiKeys;
import dev.polyphony.identity.Role;
import dev.polyphony.shared.TenantId;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.Timestamp;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

@Component
@ProcessingGroup(JooqApiKeys.PROJECTION)
class JooqApiKeys implements ApiKeys {
    static final String PROJECTION = "api-keys";

    private final DSLContext sql;
    private final ReadYourWrites writes;

    JooqApiKeys(DSLContext sql, ReadYourWrites writes) {
        this.sql = sql;
        this.writes = writes;
    }

    @Override
    public Optional<ApiKeyView> find(ApiKeySecret secret) {
        writes.await(PROJECTION);
        return sql.selectFrom(API_KEY)
                .where(API_KEY.HASH.eq(secret.hash()))
                .fetchOptional(row -> new ApiKeyView(
                        new ApiKeyId(row.getKeyId()),
                        new TenantId(row.getTenant()),
                        row.getName(),
                        Role.valueOf(row.getRole())));
    }

    @EventHandler
    void on(ApiKeyEvent event, @Timestamp Instant at) {
        switch (event) {
            case ApiKeyIssued issued ->
                BatchedWrites.add(sql.insertInto(API_KEY)
                        .set(API_KEY.KEY_ID, issued.keyId().value())
                        .set(API_KEY.HASH, issued.hash())
                        .set(API_KEY.TENANT, issued.tenant().value())
                        .set(API_KEY.NAME, issued.name())
                        .set(API_KEY.ROLE, issued.role().name())
                        .set(API_KEY.ISSUED_AT, at)
                        .onConflictDoNothing());
        }
    }

    @ResetHandler
    void reset() {
        sql.truncate(API_KEY).execute();
    }
}
