package dev.polyphony.privacy;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be said of a subject. */
public sealed interface SubjectCommand {
    SubjectId subjectId();

    /** Puts the erasure on record; only after the key was destroyed. Recording it again changes nothing. */
    record RecordErasure(@TargetAggregateIdentifier SubjectId subjectId) implements SubjectCommand {}
}
