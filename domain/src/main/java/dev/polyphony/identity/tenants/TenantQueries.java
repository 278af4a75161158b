package dev.polyphony.identity.tenants;

import dev.polyphony.identity.Tier;
import dev.polyphony.shared.ServerWide;
import dev.polyphony.shared.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tenants as operators read them. */
@ServerWide("operators run the server for all tenants; nothing that a tenant stores is shown")
public interface TenantQueries {
    /**
     * A tenant.
     *
     * @param id names it for ever
     * @param name how people recognise it
     * @param tier what it has booked; decides its rate limits
     * @param repositoriesRoot the folder below which alone it reads repositories of this machine; null when it reads none, or, for the
     *     system tenant, those below the server's own root
     * @param createdAt when it was created; null for the system tenant, which was always there
     */
    record TenantView(
            TenantId id,
            String name,
            Tier tier,
            @Nullable String repositoriesRoot,
            @Nullable Instant createdAt) {}

    /** Those that are not deleted, in the order of their ids. */
    List<TenantView> list(@Nullable TenantId after, int limit);

    /** Empty when there is none, or it was deleted. */
    Optional<TenantView> find(TenantId tenant);
}
