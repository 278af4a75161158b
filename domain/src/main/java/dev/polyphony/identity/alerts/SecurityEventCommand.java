package dev.polyphony.identity.alerts;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a security event. */
public sealed interface SecurityEventCommand {
    SecurityEventId eventId();

    /** Keeps it in the history. Repeating it changes nothing. */
    record RecordSecurityEvent(
            @TargetAggregateIdentifier SecurityEventId eventId, SecurityEventType type, Incident incident)
            implements SecurityEventCommand {}
}
