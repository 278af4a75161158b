package dev.polyphony.workflows.engine;

import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.NodeId;
import dev.polyphony.shared.Rejection;
import dev.polyphony.workflows.RunOwners;
import dev.polyphony.workflows.RunOwners.OwnedRun;
import dev.polyphony.workflows.WorkflowRunCommand.TakeOverRun;
import dev.polyphony.workflows.WorkflowRunId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over runs whose node is gone, and runs of this node that nobody works on. Call it every few seconds. Two nodes that
 * want the same run both ask; the run itself decides for one.
 */
public final class TakeOverOrphanedRuns implements AutoCloseable {
    /** A node whose heartbeat does not move for so long is gone. */
    public static final Duration GONE_AFTER = Duration.ofSeconds(15);

    /** Runs read at once. */
    static final int BATCH = 100;

    private static final Logger LOG = LoggerFactory.getLogger(TakeOverOrphanedRuns.class);

    private final NodeId here;
    private final RunOwners owners;
    private final CommandGateway commands;
    private final Predicate<WorkflowRunId> inProgress;
    private @Nullable OwnedRun lookedUpTo;
    private Set<WorkflowRunId> idle = Set.of();
    private volatile boolean closed;

    /** @param inProgress whether this node works on a run now */
    public TakeOverOrphanedRuns(
            NodeId here, RunOwners owners, CommandGateway commands, Predicate<WorkflowRunId> inProgress) {
        this.here = here;
        this.owners = owners;
        this.commands = commands;
        this.inProgress = inProgress;
    }

    /** Returns when no orphan is left, or it is closed. Safe to call from one thread at a time. */
    public void sweep() {
        List<OwnedRun> orphans = owners.orphans(GONE_AFTER, null, BATCH);
        while (!closed && !orphans.isEmpty()) {
            orphans.forEach(this::takeOver);
            orphans = owners.orphans(GONE_AFTER, orphans.getLast(), BATCH);
        }
        takeUpIdleRuns();
    }

    /** From now on nothing is taken over: this node is about to stop. */
    @Override
    public void close() {
        closed = true;
    }

    /**
     * Looks at one batch of this node's runs. A run that is idle at two looks in a row is taken up: between two steps it may be
     * idle for a moment, and the read model lags.
     */
    private void takeUpIdleRuns() {
        List<OwnedRun> batch = owners.workOf(here, lookedUpTo, BATCH);
        List<OwnedRun> idleNow =
                batch.stream().filter(run -> !inProgress.test(run.workflowId())).toList();
        idleNow.stream().filter(run -> idle.contains(run.workflowId())).forEach(this::takeOver);
        idle = idleNow.stream()
                .map(OwnedRun::workflowId)
                .filter(run -> !idle.contains(run))
                .collect(Collectors.toUnmodifiableSet());
        if (idle.isEmpty()) {
            lookedUpTo = batch.size() < BATCH ? null : batch.getLast();
        }
    }

    /** A run that cannot be taken over does not keep the others from it. */
    private void takeOver(OwnedRun run) {
        if (closed) {
            return;
        }
        var origin = new MessageOrigin(
                run.tenant(), "system:" + here, run.correlationId(), run.node().value());
        try {
            commands.sendAndWait(new TakeOverRun(run.workflowId(), run.node(), here), origin.metaData());
            LOG.info("took over workflow {} from {}", run.workflowId(), run.node());
        } catch (Rejection raced) {
            LOG.debug("workflow {} needs no new owner: {}", run.workflowId(), raced.getMessage());
        } catch (RuntimeException failure) {
            LOG.warn("could not take over workflow {}, will try again: {}", run.workflowId(), failure.toString());
        }
    }
}
