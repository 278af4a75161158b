package dev.polyphony.workflows.wiring;

import dev.polyphony.agents.AgentDirectory;
import dev.polyphony.agents.BuiltInAgents;
import dev.polyphony.inspection.SourceInspector;
import dev.polyphony.platform.axon.CommandRetryScheduler;
import dev.polyphony.platform.database.OwnDatabase;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.shared.NodeId;
import dev.polyphony.workflows.Nodes;
import dev.polyphony.workflows.RunQueries;
import dev.polyphony.workflows.automation.ReportRetryPolicy;
import dev.polyphony.workflows.automation.SampleRun;
import dev.polyphony.workflows.automation.StartQueuedSteps;
import dev.polyphony.workflows.automation.StepExecutor;
import dev.polyphony.workflows.engine.PerformStep;
import dev.polyphony.workflows.engine.RunHistory;
import dev.polyphony.workflows.engine.TakeOverOrphanedRuns;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells Axon and Spring about workflows. */
@Configuration(proxyBeanMethods = false)
class WorkflowsConfig {
    @Bean
    NodeId here() {
        return NodeId.random();
    }

    @Bean
    AgentDirectory agents() {
        return new BuiltInAgents();
    }

    @Bean
    ConfigurerModule workflowAutomations() {
        return configurer -> configurer
                .eventProcessing()
                .registerSubscribingEventProcessor(StartQueuedSteps.GROUP)
                .registerPooledStreamingEventProcessorConfiguration(
                        SampleRun.GROUP,
                        (_, processor) -> processor
                                .initialSegmentCount(1)
                                .initialToken(StreamableMessageSource::createTailToken));
    }

    @Bean
    PerformStep performStep(
            RunHistory journal,
            AgentDirectory agents,
            SourceInspector sources,
            ModelRouter models,
            WorkflowSettings settings) {
        return new PerformStep(
                journal, agents, sources, models, settings.workflows().stepTimeout());
    }

    /** Reports the outcome of a step until the history has taken it. */
    @Bean
    CommandGateway reports(CommandBus bus, ObjectProvider<OwnDatabase> ownDatabase) {
        return DefaultCommandGateway.builder()
                .commandBus(bus)
                .retryScheduler(new CommandRetryScheduler(
                        "report-retry", new ReportRetryPolicy(ownDatabase.getIfAvailable() != null)))
                .build();
    }

    @Bean
    TakeOverOrphanedRuns adoptOrphanedRuns(
            NodeId here, Nodes nodes, RunQueries board, CommandGateway commands, StepExecutor executor) {
        return new TakeOverOrphanedRuns(here, nodes, board, commands, executor::isWorkingOn);
    }
}
