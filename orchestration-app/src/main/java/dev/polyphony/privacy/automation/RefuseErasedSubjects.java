package dev.polyphony.privacy.automation;

import dev.polyphony.eventstore.crypto.SubjectKeyring;
import dev.polyphony.eventstore.crypto.SubjectOf;
import dev.polyphony.privacy.SubjectProblem;
import dev.polyphony.shared.DataSubject;
import java.util.List;
import java.util.function.BiFunction;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;

/**
 * Turns away commands that bring data about somebody who was erased, and makes the key of everybody else.
 */
public final class RefuseErasedSubjects implements MessageDispatchInterceptor<CommandMessage<?>> {
    private final SubjectKeyring keys;

    public RefuseErasedSubjects(SubjectKeyring keys) {
        this.keys = keys;
    }

    @Override
    public BiFunction<Integer, CommandMessage<?>, CommandMessage<?>> handle(
            List<? extends CommandMessage<?>> commands) {
        return (_, command) -> {
            DataSubject subject = SubjectOf.message(command.getPayload());
            if (subject != null && keys.toEncrypt(subject).isEmpty()) {
                throw SubjectProblem.SUBJECT_ERASED
                        .because("The data subject '" + subject.id() + "' was erased. Use another id for new data.")
                        .about("subject", subject.id(), "the id of a subject that was not erased");
            }
            return command;
        };
    }
}
