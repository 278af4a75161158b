package dev.polyphony.workflows;

import dev.polyphony.agents.AgentId;
import dev.polyphony.inspection.Finding;
import dev.polyphony.inspection.Inspection;
import dev.polyphony.inspection.Source;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.NodeId;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunInput.Priority;
import dev.polyphony.workflows.StepDefinition.Material;
import dev.polyphony.workflows.StepOutput.ModelCall;
import dev.polyphony.workflows.StepOutput.Statement;
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
                    new StepDefinition("look", LOOKER, List.of(), Material.INSPECTION, "What stands out?", "facts"),
                    new StepDefinition("say", SPEAKER, List.of("look"), Material.FACTS, "What matters?", "verdict")));

    public static final Finding LONG_FILE = new Finding(
            "F1",
            "long_file",
            "code_quality",
            "src/Long.java",
            1,
            "src/Long.java has 900 lines.",
            "Split src/Long.java.");

    private WorkflowRunExamples() {}

    public static RunInput input() {
        return new RunInput(new Source.Text("Some text."), "intelligent", List.of(), List.of(), Priority.NORMAL);
    }

    public static StartRun startReview() {
        return new StartRun(RUN, TenantId.DEFAULT, ALICE, REVIEW, input(), HERE);
    }

    public static WorkflowStarted reviewStarted() {
        return new WorkflowStarted(RUN, TenantId.DEFAULT, ALICE, REVIEW, input(), HERE);
    }

    public static StepQueued lookQueued() {
        return new StepQueued(RUN, "look", LOOKER, 1, HERE, Priority.NORMAL);
    }

    public static StepStarted lookStarted() {
        return new StepStarted(RUN, "look", 1);
    }

    public static StepCompleted lookCompleted() {
        return new StepCompleted(RUN, ALICE, "look", LOOKER, 1, lookOutput());
    }

    public static StepQueued sayQueued() {
        return new StepQueued(RUN, "say", SPEAKER, 1, HERE, Priority.NORMAL);
    }

    public static StepStarted sayStarted() {
        return new StepStarted(RUN, "say", 1);
    }

    public static StepOutput lookOutput() {
        return new StepOutput(
                "src/Long.java has 900 lines. [F1]",
                List.of(new Statement("src/Long.java has 900 lines.", List.of("F1"))),
                inspection(),
                call());
    }

    public static Inspection inspection() {
        return new Inspection("text", 1, 900, 20_000, 0, List.of(), List.of(), 1, List.of(LONG_FILE));
    }

    public static ModelCall call() {
        return new ModelCall("embedded", "extractive", "extracted", null, null, List.of(attempt()));
    }

    public static ModelAttempt attempt() {
        return ModelAttempt.ok("embedded", "extractive", Instant.parse("2026-11-21T10:00:00Z"), Duration.ofMillis(12));
    }
}
