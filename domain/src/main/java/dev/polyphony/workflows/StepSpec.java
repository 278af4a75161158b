package dev.polyphony.workflows;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.polyphony.agents.AgentId;
import dev.polyphony.shared.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a definition. Each kind says who does it; all of them run, fail and are tried again alike. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = StepSpec.AgentStep.class, name = "agent"),
    @JsonSubTypes.Type(value = StepSpec.TaskStep.class, name = "task")
})
public sealed interface StepSpec {
    /** Unique within the definition. */
    String name();

    /** Names of the steps it waits for; it starts when all of them are finished. */
    List<String> after();

    StepPolicy policy();

    /** The agent that does it; null when none does. */
    default @Nullable AgentId performer() {
        return null;
    }

    /**
     * A model answers for an agent.
     *
     * @param prompt what the agent is asked
     * @param context name of the registered context source that chooses what the agent is given
     */
    record AgentStep(String name, List<String> after, AgentId agent, String prompt, String context, StepPolicy policy)
            implements StepSpec {
        public AgentStep {
            after = List.copyOf(after);
        }

        @Override
        public AgentId performer() {
            return agent;
        }
    }

    /**
     * Code of this server does it.
     *
     * @param taskType name of the registered task type
     * @param parameters what the task is told; which members it takes is the task type's word
     */
    record TaskStep(String name, List<String> after, String taskType, Json parameters, StepPolicy policy)
            implements StepSpec {
        public TaskStep {
            after = List.copyOf(after);
        }
    }
}
