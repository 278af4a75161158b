package dev.polyphony.workflows.wiring;

import dev.polyphony.shared.Provenance;
import dev.polyphony.workflows.WorkflowRunEvent.StepQueued;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.stereotype.Component;

/**
 * Starts a step on the node that queued it, as soon as its event is committed and without a detour through the database.
 * What is lost when the process dies right then is found by {@link dev.polyphony.workflows.steps.AdoptOrphanedRuns}.
 */
@Component
@DisallowReplay
@ProcessingGroup(StartQueuedSteps.GROUP)
class StartQueuedSteps {
    static final String GROUP = "start-queued-steps";

    private final StepExecutor executor;

    StartQueuedSteps(StepExecutor executor) {
        this.executor = executor;
    }

    @EventHandler
    void on(StepQueued event, EventMessage<StepQueued> message) {
        Provenance provenance =
                Provenance.of(message.getMetaData()).then("agent:" + event.agent(), message.getIdentifier());
        CurrentUnitOfWork.get().root().afterCommit(_ -> executor.execute(event, provenance));
    }
}
