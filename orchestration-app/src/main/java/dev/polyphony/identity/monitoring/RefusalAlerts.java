package dev.polyphony.identity.monitoring;

import dev.polyphony.identity.SecurityAlerts;
import dev.polyphony.identity.SecurityAlerts.AccessDenied;
import dev.polyphony.identity.SecurityAlerts.InvalidAuth;
import dev.polyphony.identity.SecurityAlerts.RateLimitExceeded;
import dev.polyphony.identity.SecurityAlerts.SuspiciousPattern;
import dev.polyphony.platform.security.RefusalListener;
import org.springframework.stereotype.Component;

/** Raises an alert when a request is refused before a handler sees it. */
@Component
class RefusalAlerts implements RefusalListener {
    private static final String CURRENT_REQUEST = "";

    private final SecurityAlerts alerts;

    RefusalAlerts(SecurityAlerts alerts) {
        this.alerts = alerts;
    }

    @Override
    public void refused(Refusal refusal) {
        alerts.raise(
                switch (refusal) {
                    case MALFORMED_CREDENTIALS -> new InvalidAuth(CURRENT_REQUEST, "malformed");
                    case TOO_MANY_FAILURES -> new RateLimitExceeded(CURRENT_REQUEST, "wrong_credentials");
                    case ACCESS_DENIED -> new AccessDenied(CURRENT_REQUEST);
                    case HOSTILE_PATH -> new SuspiciousPattern(CURRENT_REQUEST, "path");
                    case HOSTILE_CHARACTERS -> new SuspiciousPattern(CURRENT_REQUEST, "characters");
                });
    }
}
