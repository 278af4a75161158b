package dev.polyphony.inspection.automation;

import dev.polyphony.identity.Tenants;
import dev.polyphony.inspection.RepositoryRoots;
import dev.polyphony.shared.TenantId;
import java.nio.file.Path;
import java.util.Optional;

/** A tenant reads below the root that an operator gave it. The server's own root is the system tenant's, while it was given no other. */
public final class TenantRoots implements RepositoryRoots {
    private final Path server;
    private final Tenants tenants;

    public TenantRoots(Path server, Tenants tenants) {
        this.server = server;
        this.tenants = tenants;
    }

    @Override
    public Optional<Path> of(TenantId tenant) {
        Optional<Path> own =
                Optional.ofNullable(tenants.of(tenant).repositoriesRoot()).map(Path::of);
        return tenant.equals(TenantId.DEFAULT) ? own.or(() -> Optional.of(server)) : own;
    }
}
