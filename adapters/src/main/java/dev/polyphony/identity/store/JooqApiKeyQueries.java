package dev.polyphony.identity.store;

import static dev.polyphony.db.identity.Tables.API_KEY;
import static dev.polyphony.db.identity.Tables.API_KEY_USE;

import dev.polyphony.eventstore.BatchedWrites;
import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.identity.ApiKeyEvent;
import dev.polyphony.identity.ApiKeyEvent.ApiKeyIssued;
import dev.polyphony.identity.ApiKeyEvent.ApiKeyRevoked;
import dev.polyphony.identity.ApiKeyEvent.ApiKeyRotated;
import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.ApiKeyQueries;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.shared.TenantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.Timestamp;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
@ProcessingGroup(JooqApiKeyQueries.PROJECTION)
class JooqApiKeyQueries implements ApiKeyQueries {
    static final String PROJECTION = "api-keys";

    private final DSLContext sql;
    private final ReadYourWrites writes;

    JooqApiKeyQueries(DSLContext sql, ReadYourWrites writes) {
        this.sql = sql;
        this.writes = writes;
    }

    @Override
    public List<ApiKeyView> list(TenantId tenant, @Nullable ApiKeyId after, int limit) {
        Condition behind = after == null ? DSL.noCondition() : API_KEY.KEY_ID.gt(after.value());
        return select(tenant, behind, limit);
    }

    @Override
    public Optional<ApiKeyView> find(TenantId tenant, ApiKeyId keyId) {
        return select(tenant, API_KEY.KEY_ID.eq(keyId.value()), 1).stream().findFirst();
    }

    private List<ApiKeyView> select(TenantId tenant, Condition condition, int limit) {
        writes.await(PROJECTION);
        return sql.select(API_KEY.asterisk(), API_KEY_USE.LAST_USED_AT)
                .from(API_KEY)
                .leftJoin(API_KEY_USE)
                .using(API_KEY.KEY_ID)
                .where(API_KEY.TENANT.eq(tenant.value()))
                .and(condition)
                .orderBy(API_KEY.KEY_ID)
                .limit(limit)
                .fetch(JooqApiKeyQueries::view);
    }

    private static ApiKeyView view(Record row) {
        return new ApiKeyView(
                new ApiKeyId(row.get(API_KEY.KEY_ID)),
                row.get(API_KEY.NAME),
                row.get(API_KEY.DESCRIPTION),
                new TenantId(row.get(API_KEY.TENANT)),
                Arrays.stream(row.get(API_KEY.ROLES))
                        .map(role -> Role.valueOf(role.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toUnmodifiableSet()),
                Arrays.stream(row.get(API_KEY.SCOPES)).map(Scope::new).collect(Collectors.toUnmodifiableSet()),
                row.get(API_KEY.ISSUED_AT),
                row.get(API_KEY.ROTATED_AT),
                row.get(API_KEY.EXPIRES_AT),
                row.get(API_KEY_USE.LAST_USED_AT));
    }

    @EventHandler
    void on(ApiKeyEvent event, @Timestamp Instant at) {
        switch (event) {
            case ApiKeyIssued issued ->
                BatchedWrites.add(sql.insertInto(API_KEY)
                        .set(API_KEY.KEY_ID, issued.keyId().value())
                        .set(API_KEY.TENANT, issued.grant().tenant().value())
                        .set(API_KEY.NAME, issued.grant().name())
                        .set(API_KEY.DESCRIPTION, issued.description())
                        .set(API_KEY.ROLES, texts(issued.grant().roles()))
                        .set(API_KEY.SCOPES, texts(issued.grant().scopes()))
                        .set(API_KEY.ISSUED_AT, at)
                        .set(API_KEY.EXPIRES_AT, issued.grant().expiresAt())
                        .onConflictDoNothing());
            case ApiKeyRotated rotated ->
                BatchedWrites.add(sql.update(API_KEY)
                        .set(API_KEY.ROTATED_AT, at)
                        .where(API_KEY.KEY_ID.eq(rotated.keyId().value())));
            case ApiKeyRevoked revoked ->
                BatchedWrites.add(sql.deleteFrom(API_KEY)
                        .where(API_KEY.KEY_ID.eq(revoked.keyId().value())));
        }
    }

    private static String[] texts(Set<?> values) {
        return values.stream().map(String::valueOf).sorted().toArray(String[]::new);
    }

    @ResetHandler
    void reset() {
        sql.truncate(API_KEY).execute();
    }
}
