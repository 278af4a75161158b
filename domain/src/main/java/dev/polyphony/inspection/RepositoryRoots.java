package dev.polyphony.inspection;

import dev.polyphony.shared.TenantId;
import java.nio.file.Path;
import java.util.Optional;

/** The folder below which alone a tenant reads repositories of this machine. */
@FunctionalInterface
public interface RepositoryRoots {
    /** Empty when the tenant reads none. */
    Optional<Path> of(TenantId tenant);
}
