package dev.polyphony.workflows.steps;

import dev.polyphony.shared.NodeId;
import dev.polyphony.shared.Provenance;
import dev.polyphony.shared.Rejection;
import dev.polyphony.workflows.Nodes;
import dev.polyphony.workflows.RunBoard;
import dev.polyphony.workflows.RunBoard.OpenRun;
import dev.polyphony.workflows.WorkflowRunCommand.AdoptRun;
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
public final class AdoptOrphanedRuns {
    /** A node whose last heartbeat is older than this is gone. */
    public static final Duration GONE_AFTER = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(AdoptOrphanedRuns.class);

    private final NodeId here;
    private final Nodes nodes;
    private final RunBoard board;
    private final CommandGateway commands;
    private final Predicate<WorkflowRunId> inHand;
    private Set<WorkflowRunId> idle = Set.of();

    /** @param inHand whether this node works on a run now */
    public AdoptOrphanedRuns(
            NodeId here, Nodes nodes, RunBoard board, CommandGateway commands, Predicate<WorkflowRunId> inHand) {
        this.here = here;
        this.nodes = nodes;
        this.board = board;
        this.commands = commands;
        this.inHand = inHand;
    }

    /** Safe to call from one thread at a time. */
    public void sweep() {
        nodes.heartbeat(here);
        Set<NodeId> alive = nodes.alive(GONE_AFTER);
        Set<WorkflowRunId> idleNow = new HashSet<>();
        for (OpenRun run : board.open()) {
            boolean lost = run.node().equals(here) && !inHand.test(run.workflowId());
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
        var provenance = new Provenance(
                run.tenant(), "system:" + here, run.correlationId(), run.node().value());
        try {
            commands.sendAndWait(new AdoptRun(run.workflowId(), run.node(), here), provenance.metaData());
            LOG.info("took over workflow {} from {}", run.workflowId(), run.node());
        } catch (Rejection raced) {
            LOG.debug("workflow {} needs no new owner: {}", run.workflowId(), raced.getMessage());
        }
    }
}
