package dev.polyphony.identity.monitoring;

import dev.polyphony.identity.alerts.SecurityEventType;
import dev.polyphony.identity.alerts.ThreatLevel;
import dev.polyphony.shared.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * What alerts have in common that are counted together.
 *
 * @param source a keyed digest of the address; null when it is not known, or of several
 */
record AlertKind(
        SecurityEventType type,
        TenantId tenant,
        boolean blocked,
        @Nullable String source) {
    ThreatLevel threatLevel() {
        return switch (type) {
            case REVOKED_KEY_USED, REFRESH_TOKEN_REUSED, LOCKOUT -> ThreatLevel.HIGH;
            case PROMPT_INJECTION_ATTEMPT -> blocked ? ThreatLevel.HIGH : ThreatLevel.MEDIUM;
            case INVALID_AUTH, RATE_LIMIT_EXCEEDED, SUSPICIOUS_PATTERN -> ThreatLevel.MEDIUM;
            case ACCESS_DENIED -> ThreatLevel.LOW;
        };
    }

    AlertKind ofAnySource() {
        return new AlertKind(type, tenant, blocked, null);
    }

    AlertKind ofAnyTenant() {
        return new AlertKind(type, TenantId.DEFAULT, blocked, null);
    }
}
