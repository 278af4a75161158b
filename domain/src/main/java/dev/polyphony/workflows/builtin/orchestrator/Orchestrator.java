package dev.polyphony.workflows.builtin.orchestrator;

import dev.polyphony.agents.BuiltInAgents;
import dev.polyphony.shared.Json;
import dev.polyphony.workflows.StepPolicy;
import dev.polyphony.workflows.StepSpec.AgentStep;
import dev.polyphony.workflows.StepSpec.TaskStep;
import dev.polyphony.workflows.WorkflowDefinition;
import dev.polyphony.workflows.builtin.InspectionTask;
import java.util.List;

/** The orchestrator: the source is inspected, and each of its documented layers is one step of an agent. */
public final class Orchestrator {
    public static final List<String> MODES = List.of(
            "intelligent",
            "full_analysis",
            "emergency_response",
            "performance_optimization",
            "security_audit",
            "documentation_update");
    public static final List<String> COMPONENTS = List.of("code_quality", "security", "performance", "documentation");

    public static final String INSPECTION = "inspection";
    public static final String DECIDE = "layer2_intelligence_decision";

    private static final String DETECT = "layer1_detection_analysis";
    private static final String FIX = "layer3_execution_fix";
    private static final String MANAGE = "layer4_orchestration_management";

    /** In order; the inspection is the beginning of the first. */
    public static final List<Layer> LAYERS = List.of(
            new Layer(DETECT, "analysis_results"),
            new Layer(DECIDE, "decisions"),
            new Layer(FIX, "proposed_changes"),
            new Layer(MANAGE, "summary"));

    public static final WorkflowDefinition DEFINITION = new WorkflowDefinition(
            "orchestrator",
            1,
            List.of(
                    new TaskStep(INSPECTION, List.of(), InspectionTask.NAME, Json.EMPTY, StepPolicy.DEFAULT),
                    new AgentStep(
                            DETECT,
                            List.of(INSPECTION),
                            BuiltInAgents.DETECTION,
                            "Which facts about this source stand out?",
                            LayerContext.INSPECTION,
                            StepPolicy.DEFAULT),
                    new AgentStep(
                            DECIDE,
                            List.of(DETECT),
                            BuiltInAgents.DECISION,
                            "Which of these problems in the source should be mended first, and why?",
                            LayerContext.FINDINGS,
                            StepPolicy.DEFAULT),
                    new AgentStep(
                            FIX,
                            List.of(DECIDE),
                            BuiltInAgents.FIX,
                            "Which change mends each of these findings?",
                            LayerContext.REMEDIES,
                            StepPolicy.DEFAULT),
                    new AgentStep(
                            MANAGE,
                            List.of(DETECT, DECIDE, FIX),
                            BuiltInAgents.ORCHESTRATION,
                            "Summarise what was found, decided and proposed.",
                            LayerContext.STATEMENTS,
                            StepPolicy.DEFAULT)));

    private Orchestrator() {}

    /**
     * @param step the agent step that does it
     * @param result the name under which its result is published
     */
    public record Layer(String step, String result) {}

    static boolean isLayer(String step) {
        return LAYERS.stream().anyMatch(layer -> layer.step().equals(step));
    }
}
