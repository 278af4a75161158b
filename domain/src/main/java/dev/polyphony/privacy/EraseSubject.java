package dev.polyphony.privacy;

import dev.polyphony.privacy.SubjectCommand.RecordErasure;
import dev.polyphony.shared.DataSubject;
import org.axonframework.commandhandling.gateway.CommandGateway;

/**
 * Erases a subject: first the key, then the record of it. A process that dies in between has recorded nothing, and the
 * caller, who got no answer, asks again.
 */
public final class EraseSubject {
    private final SubjectKeys keys;
    private final CommandGateway commands;

    public EraseSubject(SubjectKeys keys, CommandGateway commands) {
        this.keys = keys;
        this.commands = commands;
    }

    /**
     * May be repeated.
     *
     * @throws dev.polyphony.shared.Rejection {@link SubjectProblem#SUBJECT_NOT_FOUND} when nothing personal was ever stored for the
     *     subject: an erasure that erased nothing is not recorded
     */
    public void erase(DataSubject subject) {
        if (!keys.isKnown(subject)) {
            throw SubjectProblem.SUBJECT_NOT_FOUND.because(
                    "Nothing personal is stored for a data subject '" + subject.id()
                            + "'. Check the id; a run that was triggered without a subject has its workflow_id as"
                            + " subject.");
        }
        keys.destroy(subject);
        commands.sendAndWait(new RecordErasure(new SubjectId(subject)));
    }
}
