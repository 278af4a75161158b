package dev.polyphony.workflows.automation;

import dev.polyphony.inspection.Source;
import dev.polyphony.platform.database.OwnDatabase;
import dev.polyphony.shared.JsonValues;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.NodeId;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunOptions;
import dev.polyphony.workflows.RunOptions.Priority;
import dev.polyphony.workflows.WorkflowRunCommand.StartRun;
import dev.polyphony.workflows.WorkflowRunId;
import dev.polyphony.workflows.builtin.orchestrator.Orchestrator;
import dev.polyphony.workflows.builtin.orchestrator.OrchestratorInput;
import dev.polyphony.workflows.wiring.WorkflowSettings;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
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
class SampleRun {
    static final WorkflowRunId ID = new WorkflowRunId(Orchestrator.DEFINITION.name() + "-sample");

    private static final Logger LOG = LoggerFactory.getLogger(SampleRun.class);
    private static final OrchestratorInput INPUT =
            new OrchestratorInput(new Source.Repository("."), "intelligent", List.of());
    private static final MetaData PROVENANCE = MessageOrigin.ofServer("sample").metaData();

    private final CommandGateway commands;
    private final NodeId here;
    private final JsonValues json;
    private final boolean wanted;

    SampleRun(
            CommandGateway commands,
            NodeId here,
            JsonValues json,
            WorkflowSettings settings,
            ObjectProvider<OwnDatabase> ownDatabase) {
        this.commands = commands;
        this.here = here;
        this.json = json;
        OwnDatabase own = ownDatabase.getIfAvailable();
        this.wanted = settings.sample() && own != null && own.isNew();
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(2)
    void start() {
        if (!wanted) {
            return;
        }
        LOG.info("First start: the agents look at the files here once, so that there is something to see. This takes"
                + " seconds.");
        try {
            commands.sendAndWait(
                    new StartRun(
                            ID,
                            TenantId.DEFAULT,
                            ID.asSubject(TenantId.DEFAULT),
                            Orchestrator.DEFINITION,
                            json.write(INPUT),
                            RunOptions.DEFAULT.with(Priority.LOW),
                            here),
                    PROVENANCE);
        } catch (Rejection refused) {
            LOG.warn("The sample run was refused: {}", refused.getMessage());
        }
    }
}
