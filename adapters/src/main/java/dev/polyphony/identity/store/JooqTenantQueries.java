package dev.polyphony.identity.store;

import static dev.polyphony.db.identity.Tables.TENANT;

import dev.polyphony.db.identity.tables.records.TenantRecord;
import dev.polyphony.eventstore.BatchedWrites;
import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.identity.Tier;
import dev.polyphony.identity.tenants.TenantEvent;
import dev.polyphony.identity.tenants.TenantEvent.TenantChanged;
import dev.polyphony.identity.tenants.TenantEvent.TenantCreated;
import dev.polyphony.identity.tenants.TenantEvent.TenantDeleted;
import dev.polyphony.identity.tenants.TenantProfile;
import dev.polyphony.identity.tenants.TenantQueries;
import dev.polyphony.shared.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.Timestamp;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
@ProcessingGroup(JooqTenantQueries.PROJECTION)
class JooqTenantQueries implements TenantQueries {
    static final String PROJECTION = "tenants";

    private static final TenantView SYSTEM = new TenantView(
            TenantId.DEFAULT,
            TenantProfile.OF_SYSTEM.name(),
            TenantProfile.OF_SYSTEM.tier(),
            TenantProfile.OF_SYSTEM.repositoriesRoot(),
            null);

    private final DSLContext sql;
    private final ReadYourWrites writes;

    JooqTenantQueries(DSLContext sql, ReadYourWrites writes) {
        this.sql = sql;
        this.writes = writes;
    }

    @Override
    public List<TenantView> list(@Nullable TenantId after, int limit) {
        writes.await(PROJECTION);
        List<TenantView> found = new ArrayList<>(sql.selectFrom(TENANT)
                .where(after == null ? DSL.noCondition() : TENANT.TENANT_.gt(after.value()))
                .orderBy(TENANT.TENANT_)
                .limit(limit)
                .fetch(JooqTenantQueries::view));
        boolean due = after == null || TenantId.DEFAULT.value().compareTo(after.value()) > 0;
        if (due && found.stream().noneMatch(view -> view.id().equals(TenantId.DEFAULT))) {
            found.add(SYSTEM);
        }
        return found.stream()
                .sorted(Comparator.comparing(view -> view.id().value()))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<TenantView> find(TenantId tenant) {
        writes.await(PROJECTION);
        return sql.selectFrom(TENANT)
                .where(TENANT.TENANT_.eq(tenant.value()))
                .fetchOptional(JooqTenantQueries::view)
                .or(() -> tenant.equals(TenantId.DEFAULT) ? Optional.of(SYSTEM) : Optional.empty());
    }

    private static TenantView view(TenantRecord row) {
        return new TenantView(
                new TenantId(row.getTenant()),
                row.getName(),
                Tier.valueOf(row.getTier()),
                row.getRepositoriesRoot(),
                row.getCreatedAt());
    }

    @EventHandler
    void on(TenantEvent event, @Timestamp Instant at) {
        switch (event) {
            case TenantCreated created -> put(created.tenant(), created.profile(), at);
            case TenantChanged changed -> put(changed.tenant(), changed.profile(), null);
            case TenantDeleted deleted ->
                BatchedWrites.add(sql.deleteFrom(TENANT)
                        .where(TENANT.TENANT_.eq(deleted.tenant().value())));
        }
    }

    private void put(TenantId tenant, TenantProfile profile, @Nullable Instant createdAt) {
        BatchedWrites.add(sql.insertInto(TENANT)
                .set(TENANT.TENANT_, tenant.value())
                .set(TENANT.NAME, profile.name())
                .set(TENANT.TIER, profile.tier().name())
                .set(TENANT.REPOSITORIES_ROOT, profile.repositoriesRoot())
                .set(TENANT.CREATED_AT, createdAt)
                .onConflict(TENANT.TENANT_)
                .doUpdate()
                .set(TENANT.NAME, profile.name())
                .set(TENANT.TIER, profile.tier().name())
                .set(TENANT.REPOSITORIES_ROOT, profile.repositoriesRoot()));
    }

    @ResetHandler
    void reset() {
        sql.truncate(TENANT).execute();
    }
}
