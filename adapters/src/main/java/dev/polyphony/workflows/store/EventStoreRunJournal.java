package dev.polyphony.workflows.store;

import dev.polyphony.eventstore.seal.SealedJson;
import dev.polyphony.workflows.WorkflowRunEvent;
import dev.polyphony.workflows.WorkflowRunId;
import dev.polyphony.workflows.steps.RunJournal;
import dev.polyphony.workflows.steps.RunSoFar;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

@Component
class EventStoreRunJournal implements RunJournal {
    private final EventStore events;
    private final SealedJson json;

    EventStoreRunJournal(EventStore events, SealedJson json) {
        this.events = events;
        this.json = json;
    }

    @Override
    public RunSoFar read(WorkflowRunId workflowId) {
        List<WorkflowRunEvent> story = events.readEvents(workflowId.value())
                .asStream()
                .map(DomainEventMessage::getPayload)
                .map(WorkflowRunEvent.class::cast)
                .toList();
        return RunSoFar.of(story, json::isErased);
    }
}
