package dev.polyphony.inspection;

import dev.polyphony.shared.TenantId;

/** Inspects for each tenant what it may read, and nothing else of this machine. */
@FunctionalInterface
public interface SourceInspectors {
    SourceInspector of(TenantId tenant);
}
