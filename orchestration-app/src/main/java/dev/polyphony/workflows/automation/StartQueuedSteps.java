package dev.polyphony.workflows.automation;

import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.workflows.WorkflowRunEvent.StepQueued;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.stereotype.Component;

/**
 * Starts a step on the node that queued it, as soon as its event is committed and without a detour through the database.
 * What is lost when the process dies right then is found by {@link dev.polyphony.workflows.engine.TakeOverOrphanedRuns}.
 */
@Component
@DisallowReplay
@ProcessingGroup(StartQueuedSteps.GROUP)
public class StartQueuedSteps {
    public static final String GROUP = "start-queued-steps";

    private final StepExecutor executor;

    StartQueuedSteps(StepExecutor executor) {
        this.executor = executor;
    }

    @EventHandler
    void on(StepQueued event, EventMessage<StepQueued> message) {
        String actor = event.agent() == null ? "system:workflows" : "agent:" + event.agent();
        MessageOrigin origin = MessageOrigin.of(message.getMetaData()).then(actor, message.getIdentifier());
        CurrentUnitOfWork.get().root().afterCommit(_ -> executor.execute(event, origin));
    }
}
