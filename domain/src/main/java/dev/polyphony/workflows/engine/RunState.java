package dev.polyphony.workflows.engine;

import dev.polyphony.inspection.Inspection;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunInput;
import dev.polyphony.workflows.StepDefinition;
import dev.polyphony.workflows.StepOutput.Statement;
import dev.polyphony.workflows.WorkflowDefinition;
import dev.polyphony.workflows.WorkflowRunEvent.StepCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowStarted;
import dev.polyphony.workflows.WorkflowRunEvent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A run as its events tell it.
 *
 * @param tenant whose it is
 * @param definition what it follows
 * @param input what it is about
 * @param completed the steps that are done, in the order in which they ended
 * @param erased whether its data subject was erased, so that its texts are gone
 */
public record RunState(
        TenantId tenant, WorkflowDefinition definition, RunInput input, List<StepCompleted> completed, boolean erased) {
    /**
     * Folds the events of one run, the oldest first.
     *
     * @param isErased tells whether a subject was erased
     */
    public static RunState of(List<WorkflowRunEvent> events, Predicate<DataSubject> isErased) {
        if (!(events.getFirst() instanceof WorkflowStarted started)) {
            throw new IllegalStateException("a run begins with workflow.started, not with "
                    + events.getFirst().getClass());
        }
        List<StepCompleted> completed = events.stream()
                .filter(StepCompleted.class::isInstance)
                .map(StepCompleted.class::cast)
                .toList();
        return new RunState(
                started.tenant(), started.definition(), started.input(), completed, isErased.test(started.subject()));
    }

    StepDefinition step(String name) {
        return definition.steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "workflow " + definition.name() + " version " + definition.version() + " has no step " + name));
    }

    /** The facts that an earlier step found. */
    Optional<Inspection> inspection() {
        return completed.stream()
                .map(done -> done.output().inspection())
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** What the given steps stated: each sentence once, with the findings that any of them rested it on. */
    List<Statement> statements(List<String> steps) {
        Map<String, Set<String>> findings = new LinkedHashMap<>();
        completed.stream()
                .filter(done -> steps.contains(done.step()))
                .flatMap(done -> done.output().statements().stream())
                .forEach(statement -> findings.computeIfAbsent(statement.text(), _ -> new LinkedHashSet<>())
                        .addAll(statement.findings()));
        return findings.entrySet().stream()
                .map(entry -> new Statement(entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
    }
}
