package dev.polyphony.workflows.automation;

import dev.polyphony.platform.database.OwnDatabase;
import dev.polyphony.shared.NodeId;
import dev.polyphony.workflows.Nodes;
import dev.polyphony.workflows.engine.TakeOverOrphanedRuns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** This node among the others: it shows that it is alive, looks after runs that nobody works on, and says goodbye. */
@Component
class NodeLifecycle implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLifecycle.class);
    private static final int AFTER_THE_WEB_SERVER = SmartLifecycle.DEFAULT_PHASE - 4096;

    private final NodeId here;
    private final Nodes nodes;
    private final TakeOverOrphanedRuns adoption;
    private final StepExecutor executor;
    private final boolean ownsDatabase;
    private volatile boolean running;

    NodeLifecycle(
            NodeId here,
            Nodes nodes,
            TakeOverOrphanedRuns adoption,
            StepExecutor executor,
            ObjectProvider<OwnDatabase> ownDatabase) {
        this.here = here;
        this.nodes = nodes;
        this.adoption = adoption;
        this.executor = executor;
        this.ownsDatabase = ownDatabase.getIfAvailable() != null;
    }

    @Override
    public void start() {
        nodes.heartbeat(here);
        if (ownsDatabase) {
            nodes.retireOthers(here);
        }
        running = true;
    }

    @Scheduled(fixedDelay = 2_000)
    void sweep() {
        if (!running) {
            return;
        }
        try {
            adoption.sweep();
        } catch (RuntimeException unavailable) {
            LOG.warn("could not look after orphaned runs, will try again: {}", unavailable.toString());
        }
    }

    @Override
    public void stop() {
        running = false;
        executor.close();
        nodes.leave(here);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return AFTER_THE_WEB_SERVER;
    }
}
