package dev.polyphony.audit;

import java.util.List;

/** Reads the history itself; it never lags. */
public interface AuditTrail {
    /** The newest first. */
    List<AuditEntry> list(AuditQuery query);
}
