package dev.polyphony.workflows;

import dev.polyphony.inspection.Inspection;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.shared.Personal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step produced and what it took.
 *
 * @param text the model's reply as it came
 * @param statements the reply's statements in order, with the findings they rest on
 * @param inspection the facts, when the step inspected the source; otherwise, and when they were erased, null
 * @param call how the model was asked
 */
public record StepOutput(
        @Personal String text,
        @Personal List<Statement> statements,

        @Personal(erased = "null") @Nullable Inspection inspection,

        ModelCall call) {
    /**
     * @param text one statement, without its citations
     * @param findings ids of the findings it cites; only findings that were given to the model count
     */
    public record Statement(String text, List<String> findings) {}

    /**
     * @param provider who replied
     * @param model which model, as the provider names it
     * @param finishReason why it stopped
     * @param inputTokens tokens read; null when the provider does not count
     * @param outputTokens tokens written; null when the provider does not count
     * @param attempts every attempt, the failed ones too, in order
     */
    public record ModelCall(
            String provider,
            String model,
            String finishReason,
            @Nullable Integer inputTokens,
            @Nullable Integer outputTokens,
            List<ModelAttempt> attempts) {}
}
