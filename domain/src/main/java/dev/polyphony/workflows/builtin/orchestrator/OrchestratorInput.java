package dev.polyphony.workflows.builtin.orchestrator;

import dev.polyphony.inspection.Source;
import java.util.List;

/**
 * What a run of the orchestrator is about.
 *
 * @param source what it works on
 * @param mode the documented mode that sets the focus, such as {@code security_audit}
 * @param components the components that matter; empty means all
 */
public record OrchestratorInput(Source source, String mode, List<String> components) {
    public OrchestratorInput {
        components = List.copyOf(components);
    }
}
