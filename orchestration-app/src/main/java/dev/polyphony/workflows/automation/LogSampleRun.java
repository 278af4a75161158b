package dev.polyphony.workflows.automation;

import dev.polyphony.platform.web.ServerAddress;
import dev.polyphony.shared.JsonValues;
import dev.polyphony.workflows.ModelUsage;
import dev.polyphony.workflows.WorkflowRunEvent;
import dev.polyphony.workflows.WorkflowRunEvent.StepCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowCancelled;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowFailed;
import dev.polyphony.workflows.builtin.orchestrator.LayerOutput;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells in the log how the sample run is going. */
@Component
@DisallowReplay
@ProcessingGroup(LogSampleRun.GROUP)
public class LogSampleRun {
    public static final String GROUP = "sample-run";

    private static final Logger LOG = LoggerFactory.getLogger(LogSampleRun.class);
    private static final int SHOWN = 5;

    private final JsonValues json;
    private final ServerAddress address;

    LogSampleRun(JsonValues json, ServerAddress address) {
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
            case StepCompleted done when done.agent() != null -> tellResult(done);
            case WorkflowCompleted _ -> LOG.info("sample: completed. {}", howToLook());
            case WorkflowCancelled _ -> LOG.info("sample: cancelled. {}", howToLook());
            case WorkflowFailed failed -> LOG.warn("sample: failed: {}. {}", failed.reason(), howToLook());
            default -> {}
        }
    }

    private void tellResult(StepCompleted layer) {
        ModelUsage usage = layer.usage();
        LOG.info(
                "sample: {} by {} through {}:",
                layer.step(),
                layer.agent(),
                usage == null ? "no model" : usage.model());
        json.read(layer.output(), LayerOutput.class).statements().stream()
                .limit(SHOWN)
                .forEach(statement -> LOG.info("sample:   {} {}", statement.text(), statement.findings()));
    }

    private String howToLook() {
        return "Look at it with: curl -H \"X-API-Key: <your key>\" " + address.url() + "/api/v1/workflows/orchestrator/"
                + SampleRun.ID + "/status";
    }
}
