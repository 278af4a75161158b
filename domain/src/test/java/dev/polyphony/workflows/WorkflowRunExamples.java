package dev.polyphony.workflows;

import dev.polyphony.agents.AgentId;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.Json;
import dev.polyphony.shared.NodeId;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunOptions.Priority;
import dev.polyphony.workflows.StepSpec.AgentStep;
import dev.polyphony.workflows.WorkflowRunCommand.CompleteStep;
import dev.polyphony.workflows.WorkflowRunCommand.StartRun;
import dev.polyphony.workflows.WorkflowRunEvent.StepCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.StepQueued;
import dev.polyphony.workflows.WorkflowRunEvent.StepStarted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowStarted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A run of two steps, "look" and then "say", as tests tell its story. */
public final class WorkflowRunExamples {
    public static final WorkflowRunId RUN = new WorkflowRunId("review-1");
    public static final DataSubject ALICE = new DataSubject(TenantId.DEFAULT, "alice");
    public static final NodeId HERE = new NodeId("node-here");
    public static final NodeId THERE = new NodeId("node-there");
    public static final AgentId LOOKER = new AgentId("detection-agent");
    public static final AgentId SPEAKER = new AgentId("decision-agent");

    public static final WorkflowDefinition REVIEW = new WorkflowDefinition(
            "review",
            1,
            List.of(
                    new AgentStep("look", List.of(), LOOKER, "What stands out?", "facts", StepPolicy.DEFAULT),
                    new AgentStep("say", List.of("look"), SPEAKER, "What matters?", "facts", StepPolicy.DEFAULT)));

    private WorkflowRunExamples() {}

    public static Json input() {
        return new Json("{\"text\":\"Some text.\"}");
    }

    public static StartRun startReview() {
        return startOf(REVIEW);
    }

    public static StartRun startOf(WorkflowDefinition definition) {
        return new StartRun(RUN, TenantId.DEFAULT, ALICE, definition, input(), RunOptions.DEFAULT, HERE);
    }

    public static WorkflowStarted reviewStarted() {
        return started(REVIEW);
    }

    public static WorkflowStarted started(WorkflowDefinition definition) {
        return new WorkflowStarted(RUN, TenantId.DEFAULT, ALICE, definition, input(), RunOptions.DEFAULT, HERE);
    }

    public static StepQueued lookQueued() {
        return new StepQueued(RUN, "look", LOOKER, 1, HERE, Priority.NORMAL);
    }

    public static StepStarted lookStarted() {
        return new StepStarted(RUN, ALICE, "look", 1, question());
    }

    public static StepCompleted lookCompleted() {
        return new StepCompleted(RUN, ALICE, "look", LOOKER, 1, lookOutput(), usage(), List.of(attempt()));
    }

    public static CompleteStep completeLook() {
        return new CompleteStep(RUN, "look", 1, lookOutput(), usage(), List.of(attempt()));
    }

    public static StepQueued sayQueued() {
        return new StepQueued(RUN, "say", SPEAKER, 1, HERE, Priority.NORMAL);
    }

    public static StepStarted sayStarted() {
        return new StepStarted(RUN, ALICE, "say", 1, question());
    }

    public static Json question() {
        return new Json("{\"question\":\"What stands out in src/Long.java?\",\"given\":[\"F1\"]}");
    }

    public static Json lookOutput() {
        return new Json("{\"text\":\"src/Long.java has 900 lines. [F1]\"}");
    }

    public static ModelUsage usage() {
        return new ModelUsage("embedded", "extractive", "extracted", null, null);
    }

    public static ModelAttempt attempt() {
        return ModelAttempt.ok("embedded", "extractive", Instant.parse("2026-11-21T10:00:00Z"), Duration.ofMillis(12));
    }
}
