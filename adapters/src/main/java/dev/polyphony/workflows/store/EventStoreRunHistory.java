package dev.polyphony.workflows.store;

import dev.polyphony.eventstore.crypto.EncryptedJson;
import dev.polyphony.workflows.WorkflowRunEvent;
import dev.polyphony.workflows.WorkflowRunId;
import dev.polyphony.workflows.engine.RunHistory;
import dev.polyphony.workflows.engine.RunState;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

@Component
class EventStoreRunHistory implements RunHistory {
    private final EventStore events;
    private final EncryptedJson json;

    EventStoreRunHistory(EventStore events, EncryptedJson json) {
        this.events = events;
        this.json = json;
    }

    @Override
    public RunState read(WorkflowRunId workflowId) {
        List<WorkflowRunEvent> story = events.readEvents(workflowId.value())
                .asStream()
                .map(DomainEventMessage::getPayload)
                .map(WorkflowRunEvent.class::cast)
                .toList();
        return RunState.of(story, json::isErased);
    }
}
