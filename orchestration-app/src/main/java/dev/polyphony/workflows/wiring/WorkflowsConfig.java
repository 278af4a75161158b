package dev.polyphony.workflows.wiring;

import dev.polyphony.agents.AgentDirectory;
import dev.polyphony.agents.BuiltInAgents;
import dev.polyphony.config.CommandRetries;
import dev.polyphony.config.OwnDatabase;
import dev.polyphony.config.PolyphonyProperties;
import dev.polyphony.eventstore.Aggregates;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.shared.NodeId;
import dev.polyphony.shared.Rejection;
import dev.polyphony.workflows.Nodes;
import dev.polyphony.workflows.RunBoard;
import dev.polyphony.workflows.WorkflowRun;
import dev.polyphony.workflows.sources.SourceInspector;
import dev.polyphony.workflows.steps.AdoptOrphanedRuns;
import dev.polyphony.workflows.steps.PerformStep;
import dev.polyphony.workflows.steps.RunJournal;
import java.time.Duration;
import java.util.Optional;
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
    private static final Duration REPORT_PAUSE = Duration.ofSeconds(1);

    @Bean
    NodeId here() {
        return NodeId.random();
    }

    @Bean
    AgentDirectory agents() {
        return new BuiltInAgents();
    }

    @Bean
    ConfigurerModule workflowRuns() {
        return configurer -> {
            configurer.configureAggregate(Aggregates.cached(WorkflowRun.class));
            configurer
                    .eventProcessing()
                    .registerSubscribingEventProcessor(StartQueuedSteps.GROUP)
                    .registerPooledStreamingEventProcessorConfiguration(
                            SampleRun.GROUP,
                            (_, processor) -> processor
                                    .initialSegmentCount(1)
                                    .initialToken(StreamableMessageSource::createTailToken));
        };
    }

    @Bean
    PerformStep performStep(
            RunJournal journal,
            AgentDirectory agents,
            SourceInspector sources,
            ModelRouter models,
            PolyphonyProperties properties) {
        return new PerformStep(
                journal, agents, sources, models, properties.workflows().stepTimeout());
    }

    /**
     * Reports the outcome of a step until the history has taken it: work that was paid for is not thrown away because the
     * database was gone for a while. Only a refusal ends it, and the second one where another node may have made the first out
     * of date.
     */
    @Bean
    CommandGateway reports(CommandBus bus, ObjectProvider<OwnDatabase> ownDatabase) {
        int refusals = ownDatabase.getIfAvailable() == null ? 2 : 1;
        return DefaultCommandGateway.builder()
                .commandBus(bus)
                .retryScheduler(new CommandRetries(
                        "report-retry",
                        (failure, failures) -> failure instanceof Rejection && failures >= refusals
                                ? Optional.empty()
                                : Optional.of(REPORT_PAUSE)))
                .build();
    }

    @Bean
    AdoptOrphanedRuns adoptOrphanedRuns(
            NodeId here, Nodes nodes, RunBoard board, CommandGateway commands, StepExecutor executor) {
        return new AdoptOrphanedRuns(here, nodes, board, commands, executor::isWorkingOn);
    }
}
