package dev.polyphony.workflows.web;

import dev.polyphony.identity.Caller;
import dev.polyphony.platform.openapi.ErrorCase;
import dev.polyphony.platform.security.RequiredScope;
import dev.polyphony.platform.web.Idempotent;
import dev.polyphony.platform.web.LargeBody;
import dev.polyphony.platform.web.NewId;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.NodeId;
import dev.polyphony.workflows.WorkflowRunCommand.CancelRun;
import dev.polyphony.workflows.WorkflowRunCommand.StartRun;
import dev.polyphony.workflows.WorkflowRunId;
import dev.polyphony.workflows.automation.RunAdmission;
import dev.polyphony.workflows.builtin.orchestrator.Orchestrator;
import dev.polyphony.workflows.web.TriggerRules.Trigger;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Starts the orchestrator, tells how a run is going, and cancels it. */
@RestController
@Tag(name = "Orchestrator", description = "Runs that inspect a repository or a text and let agents report on it.")
@RequestMapping("/api/v1/workflows/orchestrator")
class OrchestratorController {
    private final RunAdmission admission;
    private final CommandGateway commands;
    private final RunReplies replies;
    private final TriggerRules rules;
    private final NodeId here;

    OrchestratorController(
            RunAdmission admission, CommandGateway commands, RunReplies replies, TriggerRules rules, NodeId here) {
        this.admission = admission;
        this.commands = commands;
        this.replies = replies;
        this.rules = rules;
        this.here = here;
    }

    /** Starts an orchestrator run. It is durable when the reply arrives, and goes on by itself; ask for its status with the {@code workflow_id}. */
    @PostMapping("/trigger")
    @ErrorCase(
            status = HttpStatus.CONFLICT,
            when = "The subject's data was erased, so that nothing may be stored about it.")
    @Idempotent(created = "workflow_id")
    @LargeBody
    @RolesAllowed("USER")
    @RequiredScope("runs:write")
    @ResponseStatus(HttpStatus.ACCEPTED)
    TriggerReply triggerOrchestrator(@Valid @RequestBody TriggerBody body, Caller caller, NewId newId) {
        WorkflowRunId id = WorkflowRunId.of(Orchestrator.DEFINITION.name(), newId.value());
        DataSubject subject = body.subject() == null
                ? id.asSubject(caller.tenant())
                : new DataSubject(caller.tenant(), body.subject());
        Trigger trigger = rules.check(caller.tenant(), body);
        admission.start(new StartRun(
                id, caller.tenant(), subject, Orchestrator.DEFINITION, trigger.input(), trigger.options(), here));
        return replies.accepted(id, caller.tenant());
    }

    /**
     * Shows how an orchestrator run is going. Its layers, and what the completed ones produced.
     *
     * @param workflowId the {@code workflow_id} that the trigger returned
     */
    @GetMapping("/{workflow_id}/status")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such run, or it is another tenant's.")
    @RolesAllowed("USER")
    @RequiredScope("runs:read")
    RunStatusReply getOrchestratorStatus(@PathVariable("workflow_id") String workflowId, Caller caller) {
        return replies.status(new WorkflowRunId(workflowId), caller.tenant());
    }

    /**
     * Cancels an orchestrator run. No step starts any more, and the running one is interrupted; a run that is cancelled already stays as it is.
     *
     * @param workflowId the {@code workflow_id} that the trigger returned
     */
    @PostMapping("/{workflow_id}/cancel")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such run, or it is another tenant's.")
    @ErrorCase(status = HttpStatus.CONFLICT, when = "The run has ended already.")
    @Idempotent
    @RolesAllowed("USER")
    @RequiredScope("runs:write")
    RunStatusReply cancelOrchestrator(@PathVariable("workflow_id") String workflowId, Caller caller) {
        WorkflowRunId id = new WorkflowRunId(workflowId);
        replies.status(id, caller.tenant()); // refuses what is no run of the orchestrator
        commands.sendAndWait(new CancelRun(id, caller.tenant()));
        return replies.status(id, caller.tenant());
    }
}
