package dev.polyphony.workflows.automation;

import dev.polyphony.platform.database.OwnDatabase;
import dev.polyphony.shared.NodeId;
import dev.polyphony.workflows.Nodes;
import dev.polyphony.workflows.engine.OwnTimer;
import dev.polyphony.workflows.engine.TakeOverOrphanedRuns;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * This node among the others: it shows that it is alive, looks after runs that nobody works on, and says goodbye. Heartbeat and
 * sweep have a thread each, so that a long sweep never makes the node look dead.
 */
@Component
class NodeLifecycle implements SmartLifecycle {
    private static final int AFTER_THE_WEB_SERVER = SmartLifecycle.DEFAULT_PHASE - 4096;
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final NodeId here;
    private final Nodes nodes;
    private final TakeOverOrphanedRuns takeover;
    private final StepExecutor executor;
    private final boolean ownsDatabase;
    private volatile @Nullable Timers timers;

    NodeLifecycle(
            NodeId here,
            Nodes nodes,
            TakeOverOrphanedRuns takeover,
            StepExecutor executor,
            ObjectProvider<OwnDatabase> ownDatabase) {
        this.here = here;
        this.nodes = nodes;
        this.takeover = takeover;
        this.executor = executor;
        this.ownsDatabase = ownDatabase.getIfAvailable() != null;
    }

    private record Timers(OwnTimer heartbeat, OwnTimer sweep) {}

    @Override
    public void start() {
        nodes.heartbeat(here);
        if (ownsDatabase) {
            nodes.retireOthers(here);
        }
        timers = new Timers(
                OwnTimer.start("heartbeat", INTERVAL, () -> nodes.heartbeat(here)),
                OwnTimer.start("takeover", INTERVAL, takeover::sweep));
    }

    /** The node is alive until its last step has ended. */
    @Override
    public void stop() {
        Timers running = timers;
        timers = null;
        takeover.close();
        executor.close();
        if (running != null) {
            running.sweep().close();
            running.heartbeat().close();
        }
        nodes.leave(here);
    }

    @Override
    public boolean isRunning() {
        return timers != null;
    }

    @Override
    public int getPhase() {
        return AFTER_THE_WEB_SERVER;
    }
}
