package dev.polyphony.conversations.ollama;

import dev.polyphony.conversations.gateway.RequestInputs;
import dev.polyphony.conversations.gateway.RequestProblem;
import dev.polyphony.providers.chat.Sampling;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a reply is drawn. Options that are not here concern how Ollama runs a model, or are no vendor's, and are ignored.
 *
 * @param numPredict the most tokens the reply may have; negative for no limit
 * @param stop a text or a list of them
 */
record OllamaOptions(
        @Nullable BigDecimal temperature,
        @Nullable BigDecimal topP,
        @Nullable Integer numPredict,
        @Nullable JsonNode stop,
        @Nullable Long seed,
        @Nullable BigDecimal presencePenalty,
        @Nullable BigDecimal frequencyPenalty) {
    private static final int MAX_TOKENS = 1_000_000;

    static Sampling sampling(@Nullable OllamaOptions options) {
        return options == null ? Sampling.DEFAULT : options.sampling();
    }

    private Sampling sampling() {
        return new Sampling(
                RequestInputs.number(temperature),
                RequestInputs.number(topP),
                maxTokens(),
                RequestInputs.stop(stop, "options.stop"),
                seed,
                RequestInputs.penalties(presencePenalty, frequencyPenalty));
    }

    private @Nullable Integer maxTokens() {
        if (numPredict == null || numPredict < 0) {
            return null;
        }
        if (numPredict == 0 || numPredict > MAX_TOKENS) {
            throw RequestProblem.invalid(
                    "options.num_predict", numPredict.toString(), "1 to 1000000, or negative for no limit");
        }
        return numPredict;
    }
}
