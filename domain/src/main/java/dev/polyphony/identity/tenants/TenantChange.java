package dev.polyphony.identity.tenants;

import dev.polyphony.identity.Tier;
import org.jspecify.annotations.Nullable;

/**
 * What is to be different; null leaves a part as it is.
 *
 * @param repositoriesRoot empty to take the tenant's own root away
 */
public record TenantChange(
        @Nullable String name,
        @Nullable Tier tier,
        @Nullable String repositoriesRoot) {
    TenantProfile of(TenantProfile before) {
        return new TenantProfile(
                name == null ? before.name() : name,
                tier == null ? before.tier() : tier,
                root(before.repositoriesRoot()));
    }

    private @Nullable String root(@Nullable String before) {
        if (repositoriesRoot == null) {
            return before;
        }
        return repositoriesRoot.isEmpty() ? null : repositoriesRoot;
    }
}
