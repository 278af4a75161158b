package dev.polyphony.workflows.builtin.orchestrator;

import dev.polyphony.shared.Personal;
import java.util.List;

/**
 * What a layer produced.
 *
 * @param text the model's reply as it came
 * @param statements the reply's statements in order, with the findings they rest on
 */
public record LayerOutput(String text, List<Statement> statements) {
    static final LayerOutput ERASED = new LayerOutput(Personal.ERASED, List.of());

    /**
     * @param text one statement, without its citations
     * @param findings ids of the findings it cites; only findings that were given to the model count
     */
    public record Statement(String text, List<String> findings) {}
}
