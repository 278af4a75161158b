package dev.polyphony.workflows.builtin.orchestrator;

import dev.polyphony.agents.BuiltInAgents;
import dev.polyphony.workflows.StepDefinition.Material;
import dev.polyphony.workflows.StepDefinition;
import dev.polyphony.workflows.WorkflowDefinition;
import java.util.List;

/** The orchestrator: each of its documented layers is one step. */
public final class Orchestrator {
    public static final List<String> MODES = List.of(
            "intelligent",
            "full_analysis",
            "emergency_response",
            "performance_optimization",
            "security_audit",
            "documentation_update");
    public static final List<String> COMPONENTS = List.of("code_quality", "security", "performance", "documentation");

    private static final String DETECT = "layer1_detection_analysis";
    private static final String DECIDE = "layer2_intelligence_decision";
    private static final String FIX = "layer3_execution_fix";
    private static final String MANAGE = "layer4_orchestration_management";

    public static final WorkflowDefinition DEFINITION = new WorkflowDefinition(
            "orchestrator",
            1,
            List.of(
                    new StepDefinition(
                            DETECT,
                            BuiltInAgents.DETECTION,
                            List.of(),
                            Material.INSPECTION,
                            "Which facts about this source stand out?",
                            "analysis_results"),
                    new StepDefinition(
                            DECIDE,
                            BuiltInAgents.DECISION,
                            List.of(DETECT),
                            Material.FACTS,
                            "Which of these problems in the source should be mended first, and why?",
                            "decisions"),
                    new StepDefinition(
                            FIX,
                            BuiltInAgents.FIX,
                            List.of(DECIDE),
                            Material.REMEDIES,
                            "Which change mends each of these findings?",
                            "proposed_changes"),
                    new StepDefinition(
                            MANAGE,
                            BuiltInAgents.ORCHESTRATION,
                            List.of(DETECT, DECIDE, FIX),
                            Material.STATEMENTS,
                            "Summarise what was found, decided and proposed.",
                            "summary")));

    private Orchestrator() {}
}
