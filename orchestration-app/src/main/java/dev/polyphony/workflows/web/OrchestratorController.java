package dev.polyphony.workflows.web;

import dev.polyphony.identity.Caller;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.NodeId;
import dev.polyphony.workflows.RunQueries;
import dev.polyphony.workflows.WorkflowProblem;
import dev.polyphony.workflows.WorkflowRunCommand.StartRun;
import dev.polyphony.workflows.WorkflowRunId;
import dev.polyphony.workflows.builtin.orchestrator.Orchestrator;
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
@RequestMapping("/api/v1/workflows/orchestrator")
class OrchestratorController {
    private final CommandGateway commands;
    private final RunQueries board;
    private final TriggerRules rules;
    private final NodeId here;
    private final Clock clock;

    OrchestratorController(CommandGateway commands, RunQueries board, TriggerRules rules, NodeId here, Clock clock) {
        this.commands = commands;
        this.board = board;
        this.rules = rules;
        this.here = here;
        this.clock = clock;
    }

    /** Accepts a run; it is durable when the reply arrives. */
    @PostMapping("/trigger")
    @RolesAllowed("USER")
    @ResponseStatus(HttpStatus.ACCEPTED)
    TriggerReply trigger(@Valid @RequestBody TriggerBody body, Caller caller) {
        WorkflowRunId id = WorkflowRunId.random(Orchestrator.DEFINITION.name());
        DataSubject subject = body.subject() == null
                ? id.asSubject(caller.tenant())
                : new DataSubject(caller.tenant(), body.subject());
        commands.sendAndWait(
                new StartRun(id, caller.tenant(), subject, Orchestrator.DEFINITION, rules.input(body), here));
        return TriggerReply.of(
                id,
                Orchestrator.DEFINITION,
                board.medianDuration(caller.tenant(), Orchestrator.DEFINITION.name())
                        .orElse(null));
    }

    @GetMapping("/{workflowId}/status")
    @RolesAllowed("USER")
    RunStatusReply status(@PathVariable String workflowId, Caller caller) {
        return board.find(caller.tenant(), new WorkflowRunId(workflowId))
                .filter(run -> run.definition().equals(Orchestrator.DEFINITION.name()))
                .map(run -> RunStatusReply.of(
                        run,
                        board.medianDuration(caller.tenant(), run.definition()).orElse(null),
                        clock.instant()))
                .orElseThrow(() -> WorkflowProblem.WORKFLOW_NOT_FOUND.because("There is no orchestrator run '"
                        + workflowId + "'. Check the workflow_id that the trigger returned."));
    }
}
