package dev.polyphony.workflows.wiring;

import dev.polyphony.agents.AgentDirectory;
import dev.polyphony.agents.BuiltInAgents;
import dev.polyphony.platform.axon.CommandRetryScheduler;
import dev.polyphony.platform.database.OwnDatabase;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.shared.JsonValues;
import dev.polyphony.shared.NodeId;
import dev.polyphony.workflows.RunOwners;
import dev.polyphony.workflows.automation.LogSampleRun;
import dev.polyphony.workflows.automation.ReportRetryPolicy;
import dev.polyphony.workflows.automation.RunAdmission;
import dev.polyphony.workflows.automation.StartQueuedSteps;
import dev.polyphony.workflows.automation.StepExecutor;
import dev.polyphony.workflows.engine.AskAgent;
import dev.polyphony.workflows.engine.ContextSource;
import dev.polyphony.workflows.engine.PerformStep;
import dev.polyphony.workflows.engine.RunHistory;
import dev.polyphony.workflows.engine.TakeOverOrphanedRuns;
import dev.polyphony.workflows.engine.TaskType;
import java.util.List;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
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
                        LogSampleRun.GROUP,
                        (_, processor) -> processor
                                .initialSegmentCount(1)
                                .initialToken(StreamableMessageSource::createTailToken));
    }

    @Bean
    PerformStep performStep(RunHistory history, AskAgent askAgent, List<TaskType> taskTypes) {
        return new PerformStep(history, askAgent, taskTypes);
    }

    @Bean
    StepExecutor stepExecutor(
            CommandGateway commands,
            @Qualifier("reports") CommandGateway reports,
            PerformStep performStep,
            WorkflowSettings settings) {
        return new StepExecutor(
                commands, reports, performStep, settings.workflows().maxConcurrentSteps());
    }

    @Bean
    RunAdmission runAdmission(CommandGateway commands, StepExecutor executor, WorkflowSettings settings) {
        return new RunAdmission(
                commands, executor::waiting, settings.workflows().maxWaitingSteps());
    }

    @Bean
    AskAgent askAgent(
            AgentDirectory agents,
            ModelRouter models,
            List<ContextSource> contexts,
            JsonValues json,
            WorkflowSettings settings) {
        return new AskAgent(agents, models, contexts, json, settings.workflows().stepTimeout());
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
    TakeOverOrphanedRuns takeOverOrphanedRuns(
            NodeId here, RunOwners owners, CommandGateway commands, StepExecutor executor) {
        return new TakeOverOrphanedRuns(here, owners, commands, executor::isWorkingOn);
    }
}
