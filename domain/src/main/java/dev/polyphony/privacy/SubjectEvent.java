package dev.polyphony.privacy;

import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.EventName;

/** What has happened to a subject. Stored for ever: add an event rather than change one. */
public sealed interface SubjectEvent {
    DataSubject subject();

    /** The key is destroyed: nobody can read the subject's personal data any more. */
    @EventName("subject.erased")
    record SubjectErased(DataSubject subject) implements SubjectEvent {}
}
