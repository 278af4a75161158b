package dev.polyphony.workflows.automation;

import dev.polyphony.platform.axon.HistoryFollower;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowCancelled;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Interrupts the steps of a cancelled run on the node that works on them, whichever node was told. What it misses does no harm: the
 * run refuses the outcome.
 */
@Component
class InterruptCancelledRuns implements SmartLifecycle {
    /** With {@link NodeLifecycle}: from then on steps are worked on. */
    private static final int AFTER_THE_WEB_SERVER = SmartLifecycle.DEFAULT_PHASE - 4096;

    private final EventStore history;
    private final StepExecutor executor;
    private final HistoryFollower follower;

    InterruptCancelledRuns(EventStore history, StepExecutor executor) {
        this.history = history;
        this.executor = executor;
        this.follower = new HistoryFollower("cancelled-runs", history, this::hear);
    }

    private void hear(EventMessage<?> message) {
        if (message.getPayloadType().equals(WorkflowCancelled.class)) {
            executor.cancel(((WorkflowCancelled) message.getPayload()).workflowId());
        }
    }

    @Override
    public void start() {
        follower.start(history.createHeadToken().position().orElse(0));
    }

    @Override
    public void stop() {
        follower.stop();
    }

    @Override
    public boolean isRunning() {
        return follower.isRunning();
    }

    @Override
    public int getPhase() {
        return AFTER_THE_WEB_SERVER;
    }
}
