package dev.polyphony.workflows.automation;

import dev.polyphony.inspection.Inspection;
import dev.polyphony.platform.web.ServerAddress;
import dev.polyphony.shared.JsonValues;
import dev.polyphony.workflows.WorkflowRunEvent;
import dev.polyphony.workflows.WorkflowRunEvent.StepCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowCancelled;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowFailed;
import dev.polyphony.workflows.builtin.orchestrator.LayerOutput;
import dev.polyphony.workflows.builtin.orchestrator.Orchestrator;
import dev.polyphony.workflows.engine.RunHistory;
import dev.polyphony.workflows.engine.RunState;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells in the log what came of the sample run. */
@Component
@DisallowReplay
@ProcessingGroup(LogSampleRun.GROUP)
public class LogSampleRun {
    public static final String GROUP = "sample-run";

    private static final Logger LOG = LoggerFactory.getLogger(LogSampleRun.class);

    private final RunHistory history;
    private final JsonValues json;
    private final ServerAddress address;

    LogSampleRun(RunHistory history, JsonValues json, ServerAddress address) {
        this.history = history;
        this.json = json;
        this.address = address;
    }

    @EventHandler
    void on(WorkflowRunEvent event) {
        if (event.workflowId().equals(SampleRun.ID)) {
            tell(event);
        }
    }

    private void tell(WorkflowRunEvent event) {
        switch (event) {
            case WorkflowCompleted _ -> tellResult(history.read(SampleRun.ID));
            case WorkflowCancelled _ -> LOG.info("The sample run was cancelled.");
            case WorkflowFailed failed -> LOG.warn("The sample run failed: {}", failed.reason());
            default -> {}
        }
    }

    private void tellResult(RunState run) {
        Inspection inspection =
                json.read(completed(run, Orchestrator.INSPECTION).output(), Inspection.class);
        StepCompleted decided = completed(run, Orchestrator.DECIDE);
        LayerOutput decision = json.read(decided.output(), LayerOutput.class);
        LOG.info(new SampleReport(inspection, decision, decided.usage()).text(address.url()));
    }

    private static StepCompleted completed(RunState run, String step) {
        return run.completed().stream()
                .filter(done -> done.step().equals(step))
                .findFirst()
                .orElseThrow();
    }
}
