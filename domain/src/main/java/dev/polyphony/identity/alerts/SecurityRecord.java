package dev.polyphony.identity.alerts;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.polyphony.identity.alerts.SecurityEvent.AccessDenied;
import dev.polyphony.identity.alerts.SecurityEvent.InvalidAuthSent;
import dev.polyphony.identity.alerts.SecurityEvent.LockedOut;
import dev.polyphony.identity.alerts.SecurityEvent.PromptInjectionAttempted;
import dev.polyphony.identity.alerts.SecurityEvent.RateLimitExceeded;
import dev.polyphony.identity.alerts.SecurityEvent.RefreshTokenReused;
import dev.polyphony.identity.alerts.SecurityEvent.RevokedKeyUsed;
import dev.polyphony.identity.alerts.SecurityEvent.SuspiciousPatternSent;
import dev.polyphony.identity.alerts.SecurityEventCommand.RecordSecurityEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** One entry of the history about something that somebody tried. Nothing happens to it afterwards. */
@AggregateRoot(type = "security_event")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Axon fills the fields by replaying events, and reads the id
public class SecurityRecord {
    @AggregateIdentifier
    private @Nullable SecurityEventId id;

    protected SecurityRecord() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordSecurityEvent command) {
        if (id == null) {
            apply(event(command));
        }
    }

    private static SecurityEvent event(RecordSecurityEvent command) {
        return switch (command.type()) {
            case INVALID_AUTH -> new InvalidAuthSent(command.eventId(), command.incident());
            case REVOKED_KEY_USED -> new RevokedKeyUsed(command.eventId(), command.incident());
            case REFRESH_TOKEN_REUSED -> new RefreshTokenReused(command.eventId(), command.incident());
            case ACCESS_DENIED -> new AccessDenied(command.eventId(), command.incident());
            case RATE_LIMIT_EXCEEDED -> new RateLimitExceeded(command.eventId(), command.incident());
            case PROMPT_INJECTION_ATTEMPT -> new PromptInjectionAttempted(command.eventId(), command.incident());
            case LOCKOUT -> new LockedOut(command.eventId(), command.incident());
            case SUSPICIOUS_PATTERN -> new SuspiciousPatternSent(command.eventId(), command.incident());
        };
    }

    @EventSourcingHandler
    void on(SecurityEvent event) {
        id = event.eventId();
    }
}
