package dev.polyphony.workflows.builtin.orchestrator;

import dev.polyphony.providers.ContextChunk;
import dev.polyphony.shared.Json;
import dev.polyphony.shared.JsonValues;
import dev.polyphony.workflows.StepSpec.AgentStep;
import dev.polyphony.workflows.engine.ContextSource;
import dev.polyphony.workflows.engine.RunState;
import java.util.List;
import java.util.function.Function;

/**
 * Gives an agent what the steps before its layer found or stated, and turns the prompt towards what the caller asked for. It is
 * bounded, so that it fits the context of a small local model.
 */
public final class LayerContext implements ContextSource {
    static final String INSPECTION = "orchestrator.inspection";
    static final String FINDINGS = "orchestrator.findings";
    static final String REMEDIES = "orchestrator.remedies";
    static final String STATEMENTS = "orchestrator.statements";

    /** The most pieces that one step is given. */
    private static final int MAX_CHUNKS = 40;

    private static final ContextChunk NOTHING_FOUND =
            new ContextChunk("N1", "The inspection found nothing that asks for a change.");

    private final String name;
    private final Function<LayerFacts, List<ContextChunk>> choice;
    private final JsonValues json;

    private LayerContext(String name, Function<LayerFacts, List<ContextChunk>> choice, JsonValues json) {
        this.name = name;
        this.choice = choice;
        this.json = json;
    }

    /** An inventory of the source and its findings. */
    public static ContextSource inspection(JsonValues json) {
        return new LayerContext(INSPECTION, LayerFacts::inventoryAndFindings, json);
    }

    /** The findings; the inventory when there are none. */
    public static ContextSource findings(JsonValues json) {
        return new LayerContext(FINDINGS, LayerFacts::findingsElseInventory, json);
    }

    /** What would mend the findings that the layers before cited. */
    public static ContextSource remedies(JsonValues json) {
        return new LayerContext(REMEDIES, LayerFacts::remedies, json);
    }

    /** What the layers before stated. */
    public static ContextSource statements(JsonValues json) {
        return new LayerContext(STATEMENTS, LayerFacts::statements, json);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public AgentContext contextOf(RunState run, AgentStep step) {
        OrchestratorInput input = json.read(run.input(), OrchestratorInput.class);
        LayerFacts facts = LayerFacts.of(run, step.after(), json);
        List<ContextChunk> chosen =
                choice.apply(facts).stream().limit(MAX_CHUNKS).toList();
        List<ContextChunk> given = chosen.isEmpty() ? List.of(NOTHING_FOUND) : chosen;
        String question = (step.prompt() + " " + Focus.of(input)).strip();
        return new AgentContext(question, given, reply -> output(reply, given, facts));
    }

    private Json output(String reply, List<ContextChunk> given, LayerFacts facts) {
        return json.write(new LayerOutput(reply, Statements.in(reply, given, facts.findingsBehind())));
    }
}
