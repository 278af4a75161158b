package dev.polyphony.workflows.web;

import dev.polyphony.identity.Caller;
import dev.polyphony.platform.openapi.ErrorCase;
import dev.polyphony.platform.web.LargeBody;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.NodeId;
import dev.polyphony.workflows.WorkflowProblem;
import dev.polyphony.workflows.WorkflowRunCommand.StartRun;
import dev.polyphony.workflows.WorkflowRunId;
import dev.polyphony.workflows.builtin.orchestrator.Orchestrator;
import dev.polyphony.workflows.builtin.orchestrator.OrchestratorRuns;
import dev.polyphony.workflows.web.TriggerRules.Trigger;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import java.time.Clock;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Starts the orchestrator and tells how a run is going. */
@RestController
@Tag(name = "Orchestrator", description = "Runs that inspect a repository or a text and let agents report on it.")
@RequestMapping("/api/v1/workflows/orchestrator")
class OrchestratorController {
    private final CommandGateway commands;
    private final OrchestratorRuns runs;
    private final TriggerRules rules;
    private final NodeId here;
    private final Clock clock;

    OrchestratorController(
            CommandGateway commands, OrchestratorRuns runs, TriggerRules rules, NodeId here, Clock clock) {
        this.commands = commands;
        this.runs = runs;
        this.rules = rules;
        this.here = here;
        this.clock = clock;
    }

    /** Starts an orchestrator run. It is durable when the reply arrives, and goes on by itself; ask for its status with the {@code workflow_id}. */
    @PostMapping("/trigger")
    @ErrorCase(status = HttpStatus.CONFLICT, when = "The subject's data was erased, so that nothing may be stored about it.")
        @LargeBody
    @RolesAllowed("USER")
    @ResponseStatus(HttpStatus.ACCEPTED)
    TriggerReply triggerOrchestrator(@Valid @RequestBody TriggerBody body, Caller caller) {
        WorkflowRunId id = WorkflowRunId.random(Orchestrator.DEFINITION.name());
        DataSubject subject = body.subject() == null
                ? id.asSubject(caller.tenant())
                : new DataSubject(caller.tenant(), body.subject());
        Trigger trigger = rules.check(body);
        commands.sendAndWait(new StartRun(
                id, caller.tenant(), subject, Orchestrator.DEFINITION, trigger.input(), trigger.options(), here));
        return TriggerReply.of(id, runs.medianDuration(caller.tenant()).orElse(null));
    }

    /**
     * Shows how an orchestrator run is going. Its layers, and what the completed ones produced.
     *
     * @param workflowId the {@code workflow_id} that the trigger returned
     */
    @GetMapping("/{workflow_id}/status")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such run, or it is another tenant's.")
        @RolesAllowed("USER")
    RunStatusReply getOrchestratorStatus(@PathVariable("workflow_id") String workflowId, Caller caller) {
        return runs.find(caller.tenant(), new WorkflowRunId(workflowId))
                .map(run -> RunStatusReply.of(
                        run, runs.medianDuration(caller.tenant()).orElse(null), clock.instant()))
                .orElseThrow(() -> WorkflowProblem.WORKFLOW_NOT_FOUND.because("There is no orchestrator run '"
                        + workflowId + "'. Check the workflow_id that the trigger returned."));
    }
}
