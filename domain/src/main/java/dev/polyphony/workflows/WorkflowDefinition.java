package dev.polyphony.workflows;

import dev.polyphony.shared.Internal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a run does. A run keeps the definition it was started with, so a newer version changes only newer runs.
 *
 * @param name lower-case words joined by dashes
 * @param version from 1
 * @param steps in an order in which every step comes after those it waits for; at least one
 */
public record WorkflowDefinition(
        String name, int version, @Internal List<StepSpec> steps) {
    public WorkflowDefinition {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("workflow '" + name + "' has no steps");
        }
        Set<String> known = new HashSet<>();
        for (StepSpec step : steps) {
            if (!known.containsAll(step.after())) {
                throw new IllegalArgumentException("step '" + step.name() + "' of workflow '" + name
                        + "' waits for a step that does not come before it: " + step.after());
            }
            if (!known.add(step.name())) {
                throw new IllegalArgumentException("workflow '" + name + "' has two steps '" + step.name() + "'");
            }
        }
    }
}
