package dev.polyphony.workflows.engine;

import dev.polyphony.providers.ContextChunk;
import dev.polyphony.shared.Json;
import dev.polyphony.workflows.StepSpec.AgentStep;
import java.util.List;
import java.util.function.Function;

/**
 * Chooses what an agent is given from what its run knows, and reads what it replies. Every bean of this type is registered
 * under its name.
 */
public interface ContextSource {
    /** As definitions give it; stored for ever. */
    String name();

    AgentContext contextOf(RunState run, AgentStep step);

    /**
     * @param question what the agent is asked
     * @param given pieces that it can cite
     * @param output turns the reply into the step's output
     */
    record AgentContext(String question, List<ContextChunk> given, Function<String, Json> output) {
        public AgentContext {
            given = List.copyOf(given);
        }
    }
}
