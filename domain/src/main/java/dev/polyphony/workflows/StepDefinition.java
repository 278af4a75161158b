package dev.polyphony.workflows;

import dev.polyphony.agents.AgentId;
import java.util.List;

/**
 * One step of a definition.
 *
 * @param name unique within the definition
 * @param agent who does it
 * @param after names of the steps whose results it needs; it starts when all of them are completed
 * @param material what the agent is given to reason over
 * @param question what the agent is asked
 * @param result the name under which its result is published
 */
public record StepDefinition(
        String name, AgentId agent, List<String> after, Material material, String question, String result) {
    /** What an agent reasons over. */
    public enum Material {
        /** Inspects the source now; the facts are the material and part of the result. */
        INSPECTION,
        /** The facts that earlier steps found. */
        FACTS,
        /** What would mend the facts that the steps before cited. */
        REMEDIES,
        /** What the steps before stated. */
        STATEMENTS
    }

    public StepDefinition {
        after = List.copyOf(after);
    }
}
