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
 * @param temperature how freely words are drawn, 0 to 2; the vendor decides when absent
 * @param topP only the likeliest words that make up this share are drawn from, 0 to 1
 * @param numPredict the most tokens the reply may have, 1 to 1000000; negative for no limit
 * @param stop a text, or an array of texts, at which the reply ends
 * @param seed the same seed makes a vendor that knows it draw alike
 * @param presencePenalty how much words are avoided that were used at all, -2 to 2
 * @param frequencyPenalty how much words are avoided the more they were used, -2 to 2
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
