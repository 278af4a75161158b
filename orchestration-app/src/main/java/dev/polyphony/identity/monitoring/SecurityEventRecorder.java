package dev.polyphony.identity.monitoring;

import dev.polyphony.identity.SecurityAlerts;
import dev.polyphony.identity.alerts.Incident;
import dev.polyphony.identity.alerts.SecurityEventType;
import dev.polyphony.identity.web.CallerPrincipal;
import dev.polyphony.shared.TenantId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes alerts events, or counts them where there are many. The log tells the addresses of those that become events of their own. */
@Component
class SecurityEventRecorder implements SecurityAlerts {
    private static final Logger LOG = LoggerFactory.getLogger(SecurityEventRecorder.class);

    private final CurrentRequest request;
    private final SourceDigest sources;
    private final SecurityEventQueue queue;
    private final Map<SecurityEventType, Counter> counters;

    SecurityEventRecorder(
            CurrentRequest request, SourceDigest sources, SecurityEventQueue queue, MeterRegistry meters) {
        this.request = request;
        this.sources = sources;
        this.queue = queue;
        this.counters = counters(meters);
    }

    @Override
    public void raise(SecurityAlert alert) {
        try {
            record(alert);
        } catch (RuntimeException failure) {
            LOG.error("a security event cannot be recorded", failure);
        }
    }

    private void record(SecurityAlert alert) {
        SecurityEventType type = type(alert);
        Objects.requireNonNull(counters.get(type)).increment();
        String address = alert.address().isEmpty() ? request.address() : alert.address();
        Optional<CallerPrincipal> caller = request.caller();
        AlertKind kind = new AlertKind(
                type,
                tenant(alert, caller),
                !(alert instanceof PromptInjection injection) || injection.blocked(),
                address == null ? null : sources.of(address));
        if (queue.admits(kind)) {
            String path = request.path();
            String detail = detail(alert);
            String credential = credential(alert, caller);
            LOG.warn(
                    "security.{}{} from {} at {}{}",
                    type,
                    detail == null ? "" : " (" + detail + ")",
                    address == null ? "inside" : address,
                    path == null ? "no endpoint" : path,
                    credential == null ? "" : " with " + credential);
            queue.add(
                    kind,
                    new Incident(kind.threatLevel(), kind.blocked(), path, kind.source(), credential, detail, 1),
                    request.id().orElse("security"));
        }
    }

    /** From the beginning, so that each is found at zero. */
    private static Map<SecurityEventType, Counter> counters(MeterRegistry meters) {
        Map<SecurityEventType, Counter> counters = new EnumMap<>(SecurityEventType.class);
        for (SecurityEventType type : SecurityEventType.values()) {
            counters.put(
                    type,
                    Counter.builder("polyphony.security.alerts")
                            .description("What somebody tried, also what is only counted in the history")
                            .tag("type", type.toString())
                            .register(meters));
        }
        return counters;
    }

    private static TenantId tenant(SecurityAlert alert, Optional<CallerPrincipal> caller) {
        TenantId named = alert.tenant();
        return named == null
                ? caller.map(principal -> principal.caller().tenant()).orElse(TenantId.DEFAULT)
                : named;
    }

    private static @Nullable String credential(SecurityAlert alert, Optional<CallerPrincipal> caller) {
        return alert instanceof RevokedKeyUsed revoked
                ? revoked.credential()
                : caller.map(CallerPrincipal::credential).orElse(null);
    }

    private static SecurityEventType type(SecurityAlert alert) {
        return switch (alert) {
            case InvalidAuth _ -> SecurityEventType.INVALID_AUTH;
            case Lockout _ -> SecurityEventType.LOCKOUT;
            case RefreshTokenReused _ -> SecurityEventType.REFRESH_TOKEN_REUSED;
            case RevokedKeyUsed _ -> SecurityEventType.REVOKED_KEY_USED;
            case AccessDenied _ -> SecurityEventType.ACCESS_DENIED;
            case RateLimitExceeded _ -> SecurityEventType.RATE_LIMIT_EXCEEDED;
            case PromptInjection _ -> SecurityEventType.PROMPT_INJECTION_ATTEMPT;
            case SuspiciousPattern _ -> SecurityEventType.SUSPICIOUS_PATTERN;
        };
    }

    private static @Nullable String detail(SecurityAlert alert) {
        return switch (alert) {
            case InvalidAuth invalid -> invalid.kind();
            case Lockout lockout -> lockout.kind();
            case RateLimitExceeded exceeded -> exceeded.limit();
            case PromptInjection injection -> injection.origin();
            case SuspiciousPattern suspicious -> suspicious.pattern();
            case RefreshTokenReused _, RevokedKeyUsed _, AccessDenied _ -> null;
        };
    }
}
