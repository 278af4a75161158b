package dev.polyphony.workflows.automation;

import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.identity.Tenants;
import dev.polyphony.identity.Tenants.State;
import dev.polyphony.identity.tenants.TenantEvent.TenantDeleted;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunQueries;
import dev.polyphony.workflows.WorkflowRunCommand.CancelRun;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowStarted;
import dev.polyphony.workflows.WorkflowRunId;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Cancels the open runs of a deleted tenant, also one that was started while the tenant was being deleted. */
@Component
@DisallowReplay
@ProcessingGroup("cancel-runs-of-deleted-tenants")
class CancelRunsOfDeletedTenants {
    private static final Logger LOG = LoggerFactory.getLogger(CancelRunsOfDeletedTenants.class);
    private static final int AT_ONCE = 500;

    private final RunQueries runs;
    private final Tenants tenants;
    private final CommandGateway commands;

    CancelRunsOfDeletedTenants(RunQueries runs, Tenants tenants, CommandGateway commands) {
        this.runs = runs;
        this.tenants = tenants;
        this.commands = commands;
    }

    /** What was started before is in the read model once that has come as far as this event. */
    @EventHandler
    void on(TenantDeleted deleted, EventMessage<?> message, TrackingToken token) {
        AtomicLong position = new AtomicLong(token.position().orElseThrow());
        ReadYourWrites.during(position, () -> cancelAll(deleted.tenant(), message));
    }

    private void cancelAll(TenantId tenant, EventMessage<?> cause) {
        List<WorkflowRunId> page = runs.open(tenant, null, AT_ONCE);
        while (!page.isEmpty()) {
            page.forEach(run -> cancel(run, tenant, cause));
            page = runs.open(tenant, page.getLast(), AT_ONCE);
        }
    }

    @EventHandler
    void on(WorkflowStarted started, EventMessage<?> message) {
        TenantId tenant = started.tenant();
        if (!tenant.equals(TenantId.DEFAULT) && tenants.now(tenant).state() == State.DELETED) {
            cancel(started.workflowId(), tenant, message);
        }
    }

    private void cancel(WorkflowRunId run, TenantId tenant, EventMessage<?> cause) {
        MessageOrigin deletion = MessageOrigin.of(cause.getMetaData());
        try {
            commands.sendAndWait(
                    new CancelRun(run, tenant),
                    new MessageOrigin(tenant, "system:workflows", deletion.correlationId(), cause.getIdentifier())
                            .metaData());
        } catch (Rejection ended) {
            LOG.debug("run {} of deleted tenant {} needs no cancelling: {}", run, tenant, ended.getMessage());
        }
    }
}
