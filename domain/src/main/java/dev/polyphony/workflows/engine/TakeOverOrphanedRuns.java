package dev.polyphony.workflows.engine;

import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.NodeId;
import dev.polyphony.shared.Rejection;
import dev.polyphony.workflows.Nodes;
import dev.polyphony.workflows.RunQueries.OpenRun;
import dev.polyphony.workflows.RunQueries;
import dev.polyphony.workflows.WorkflowRunCommand.TakeOverRun;
import dev.polyphony.workflows.WorkflowRunId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over runs whose node is gone. Call it every few seconds: each call is also this node's heartbeat. Two nodes that
 * want the same run both ask; the run itself decides for one.
 */
public final class TakeOverOrphanedRuns {
    /** A node whose last heartbeat is older than this is gone. */
    public static final Duration GONE_AFTER = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(TakeOverOrphanedRuns.class);

    private final NodeId here;
    private final Nodes nodes;
    private final RunQueries board;
    private final CommandGateway commands;
    private final Predicate<WorkflowRunId> inProgress;
    private Set<WorkflowRunId> idle = Set.of();

    /** @param inProgress whether this node works on a run now */
    public TakeOverOrphanedRuns(
            NodeId here, Nodes nodes, RunQueries board, CommandGateway commands, Predicate<WorkflowRunId> inProgress) {
        this.here = here;
        this.nodes = nodes;
        this.board = board;
        this.commands = commands;
        this.inProgress = inProgress;
    }

    /** Safe to call from one thread at a time. */
    public void sweep() {
        nodes.heartbeat(here);
        Set<NodeId> alive = nodes.alive(GONE_AFTER);
        Set<WorkflowRunId> idleNow = new HashSet<>();
        for (OpenRun run : board.open()) {
            boolean lost = run.node().equals(here) && !inProgress.test(run.workflowId());
            if (lost) {
                idleNow.add(run.workflowId());
            }
            if (!alive.contains(run.node()) || (lost && idle.contains(run.workflowId()))) {
                adopt(run);
            }
        }
        idle = idleNow;
    }

    private void adopt(OpenRun run) {
        var origin = new MessageOrigin(
                run.tenant(), "system:" + here, run.correlationId(), run.node().value());
        try {
            commands.sendAndWait(new TakeOverRun(run.workflowId(), run.node(), here), origin.metaData());
            LOG.info("took over workflow {} from {}", run.workflowId(), run.node());
        } catch (Rejection raced) {
            LOG.debug("workflow {} needs no new owner: {}", run.workflowId(), raced.getMessage());
        }
    }
}
