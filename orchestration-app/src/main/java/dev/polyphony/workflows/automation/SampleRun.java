package dev.polyphony.workflows.automation;

import dev.polyphony.inspection.Source;
import dev.polyphony.platform.database.OwnDatabase;
import dev.polyphony.platform.web.ServerAddress;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.NodeId;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunInput.Priority;
import dev.polyphony.workflows.RunInput;
import dev.polyphony.workflows.WorkflowRunCommand.StartRun;
import dev.polyphony.workflows.WorkflowRunEvent.StepCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowFailed;
import dev.polyphony.workflows.WorkflowRunEvent;
import dev.polyphony.workflows.WorkflowRunId;
import dev.polyphony.workflows.builtin.orchestrator.Orchestrator;
import dev.polyphony.workflows.wiring.WorkflowSettings;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.MetaData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Shows a newcomer the main job: the first start on an empty data directory runs it once on the sources around it. */
@Component
@DisallowReplay
@ProcessingGroup(SampleRun.GROUP)
public class SampleRun {
    public static final String GROUP = "sample-run";

    private static final Logger LOG = LoggerFactory.getLogger(SampleRun.class);
    private static final WorkflowRunId SAMPLE = new WorkflowRunId(Orchestrator.DEFINITION.name() + "-sample");
    private static final RunInput INPUT =
            new RunInput(new Source.Repository("."), "intelligent", List.of(), List.of(), Priority.LOW);
    private static final MetaData PROVENANCE = MessageOrigin.ofServer("sample").metaData();

    private final CommandGateway commands;
    private final NodeId here;
    private final ServerAddress address;
    private final boolean wanted;

    SampleRun(
            CommandGateway commands,
            NodeId here,
            ServerAddress address,
            WorkflowSettings settings,
            ObjectProvider<OwnDatabase> ownDatabase) {
        this.commands = commands;
        this.here = here;
        this.address = address;
        OwnDatabase own = ownDatabase.getIfAvailable();
        this.wanted = settings.sample() && own != null && own.isNew();
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(2)
    void start() {
        if (!wanted) {
            return;
        }
        LOG.info("First start: running the orchestrator once on the sources in the repositories root.");
        try {
            commands.sendAndWait(
                    new StartRun(
                            SAMPLE,
                            TenantId.DEFAULT,
                            SAMPLE.asSubject(TenantId.DEFAULT),
                            Orchestrator.DEFINITION,
                            INPUT,
                            here),
                    PROVENANCE);
        } catch (Rejection refused) {
            LOG.warn("The sample run was refused: {}", refused.getMessage());
        }
    }

    @EventHandler
    void on(WorkflowRunEvent event) {
        if (event.workflowId().equals(SAMPLE)) {
            tell(event);
        }
    }

    private void tell(WorkflowRunEvent event) {
        switch (event) {
            case StepCompleted done -> {
                LOG.info(
                        "sample: {} by {} through {}:",
                        done.step(),
                        done.agent(),
                        done.output().call().model());
                done.output().statements().stream()
                        .limit(5)
                        .forEach(statement -> LOG.info("sample:   {} {}", statement.text(), statement.findings()));
            }
            case WorkflowCompleted _ -> LOG.info("sample: completed. {}", howToLook());
            case WorkflowFailed failed -> LOG.warn("sample: failed: {}. {}", failed.reason(), howToLook());
            default -> {}
        }
    }

    private String howToLook() {
        return "Look at it with: curl -H \"X-API-Key: <your key>\" " + address.url() + "/api/v1/workflows/orchestrator/"
                + SAMPLE + "/status";
    }
}
