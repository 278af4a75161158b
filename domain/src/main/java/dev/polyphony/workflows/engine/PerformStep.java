package dev.polyphony.workflows.engine;

import dev.polyphony.shared.Rejection;
import dev.polyphony.workflows.StepSpec.AgentStep;
import dev.polyphony.workflows.StepSpec.TaskStep;
import dev.polyphony.workflows.WorkflowProblem;
import dev.polyphony.workflows.WorkflowRunEvent.StepQueued;
import dev.polyphony.workflows.engine.StepWork.Outcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds out what one attempt at one step has to do; changes nothing itself. */
public final class PerformStep {
    private static final String ERASED = "The data subject of this run was erased, and with it what the run works on.";

    private final RunHistory history;
    private final AskAgent agents;
    private final Map<String, TaskType> taskTypes;

    public PerformStep(RunHistory history, AskAgent agents, Collection<TaskType> taskTypes) {
        this.history = history;
        this.agents = agents;
        this.taskTypes = taskTypes.stream().collect(Collectors.toUnmodifiableMap(TaskType::name, Function.identity()));
    }

    /** Reads the run and resolves what the step is given. */
    public StepWork prepare(StepQueued queued) {
        RunState run = history.read(queued.workflowId());
        if (run.erased()) {
            return StepWork.failing(queued, null, ERASED);
        }
        try {
            return switch (run.step(queued.step())) {
                case AgentStep step -> agents.work(queued, run, step);
                case TaskStep step -> task(queued, run, step);
            };
        } catch (Rejection refused) {
            return StepWork.failing(queued, refused.problem(), String.valueOf(refused.getMessage()));
        }
    }

    private StepWork task(StepQueued queued, RunState run, TaskStep step) {
        TaskType type = taskTypes.get(step.taskType());
        if (type == null) {
            throw WorkflowProblem.STEP_UNSUPPORTED.because("there is no task type '" + step.taskType() + "'");
        }
        return new StepWork(
                queued,
                step.parameters(),
                () -> new Outcome.Done(type.perform(run.tenant(), step.parameters(), run.input()), null, List.of()));
    }
}
