package dev.polyphony.privacy;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.polyphony.privacy.SubjectCommand.RecordErasure;
import dev.polyphony.privacy.SubjectEvent.SubjectErased;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Somebody whom data is about; the history hears of them when they are erased. */
@AggregateRoot(type = "subject")
@SuppressWarnings("NullAway.Init") // Axon fills the fields by replaying events
public class Subject {
    @AggregateIdentifier
    private SubjectId id;

    protected Subject() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordErasure command) {
        if (id == null) {
            apply(new SubjectErased(command.subjectId().subject()));
        }
    }

    @EventSourcingHandler
    void on(SubjectEvent event) {
        id = new SubjectId(event.subject());
    }
}
