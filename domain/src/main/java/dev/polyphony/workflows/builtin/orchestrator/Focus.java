package dev.polyphony.workflows.builtin.orchestrator;

import java.util.List;

/** Words that turn a step's question towards what the caller asked for. */
final class Focus {
    private Focus() {}

    /** One sentence, or nothing when the caller set no focus. */
    static String of(OrchestratorInput input) {
        String mode = switch (input.mode()) {
            case "emergency_response" -> "Name only what is urgent and dangerous.";
            case "performance_optimization" -> "Look at speed and resource use first.";
            case "security_audit" -> "Look at security, secrets and unsafe input first.";
            case "documentation_update" -> "Look at documentation first.";
            default -> "";
        };
        return (mode + components(input.components())).strip();
    }

    private static String components(List<String> components) {
        return components.isEmpty() ? "" : " Only these components matter: " + String.join(", ", components) + ".";
    }
}
