package dev.polyphony.workflows.wiring;

import dev.polyphony.inspection.SourceInspectors;
import dev.polyphony.shared.JsonValues;
import dev.polyphony.workflows.RunQueries;
import dev.polyphony.workflows.builtin.InspectionTask;
import dev.polyphony.workflows.builtin.orchestrator.LayerContext;
import dev.polyphony.workflows.builtin.orchestrator.OrchestratorRuns;
import dev.polyphony.workflows.engine.ContextSource;
import dev.polyphony.workflows.engine.TaskType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers what the built-in definitions name. */
@Configuration(proxyBeanMethods = false)
class OrchestratorConfig {
    @Bean
    TaskType inspectionTask(SourceInspectors sources, JsonValues json) {
        return new InspectionTask(sources, json);
    }

    @Bean
    ContextSource inspectionOfLayers(JsonValues json) {
        return LayerContext.inspection(json);
    }

    @Bean
    ContextSource findingsOfLayers(JsonValues json) {
        return LayerContext.findings(json);
    }

    @Bean
    ContextSource remediesOfLayers(JsonValues json) {
        return LayerContext.remedies(json);
    }

    @Bean
    ContextSource statementsOfLayers(JsonValues json) {
        return LayerContext.statements(json);
    }

    @Bean
    OrchestratorRuns orchestratorRuns(RunQueries runs, JsonValues json) {
        return new OrchestratorRuns(runs, json);
    }
}
