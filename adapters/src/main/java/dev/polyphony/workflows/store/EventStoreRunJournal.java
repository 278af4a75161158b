package dev.polyphony.workflows.store;

import dev.polyphony.workflows.WorkflowRunEvent;
import dev.polyphony.workflows.WorkflowRunId;
import dev.polyphony.workflows.steps.RunJournal;
import dev.polyphony.workflows.steps.RunSoFar;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

@Component
class EventStoreRunJournal implements RunJournal {
    private final EventStore events;

    EventStoreRunJournal(EventStore events) {
        this.events = events;
    }

    @Override
    public RunSoFar read(WorkflowRunId workflowId) {
        return RunSoFar.of(events.readEvents(workflowId.value())
                .asStream()
                .map(DomainEventMessage::getPayload)
                .map(WorkflowRunEvent.class::cast)
                .toList());
    }
}
