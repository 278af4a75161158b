package dev.polyphony.workflows;

import dev.polyphony.shared.NodeId;
import dev.polyphony.shared.ServerWide;
import dev.polyphony.shared.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which node each open run belongs to, for all tenants, oldest run first. Lags the history by milliseconds. */
@ServerWide("takeovers read it, and show it to nobody")
public interface RunOwners {
    /**
     * Open runs of other nodes that are not alive: those that left, and those whose heartbeat has not moved for a while by this
     * node's own monotonic clock. Call it every few seconds; a node is judged from the first call that sees it.
     *
     * @param goneAfter a node whose heartbeat does not move for so long is not alive
     * @param after the last run of the page before; null for the first page
     */
    List<OwnedRun> orphans(Duration goneAfter, @Nullable OwnedRun after, int limit);

    /**
     * Runs of a node that have a step to be worked on.
     *
     * @param after as above
     */
    List<OwnedRun> workOf(NodeId node, @Nullable OwnedRun after, int limit);

    /** @param correlationId the request that started it */
    record OwnedRun(TenantId tenant, WorkflowRunId workflowId, NodeId node, String correlationId, Instant startedAt) {}
}
