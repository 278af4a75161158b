package dev.polyphony.providers.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a reply is drawn and where it ends. What is null is left to the vendor.
 *
 * @param temperature 0 to 2; some vendors end at 1 and refuse more
 * @param topP 0 to 1; 0 leaves only the likeliest token
 * @param maxTokens the most tokens the reply may have, 1 to 1000000
 * @param stop texts before which the reply ends, at most 16, none of them empty; some vendors take only 4 or 5
 * @param seed asks for the same reply to the same request, as far as the vendor can; a vendor of 32 bits is given 32 that follow from it
 * @param penalties against repetition
 */
public record Sampling(
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer maxTokens,
        List<String> stop,
        @Nullable Long seed,
        Penalties penalties) {
    private static final int MOST_TOKENS = 1_000_000;
    private static final int MOST_STOPS = 16;

    /** All left to the vendor. */
    public static final Sampling DEFAULT = new Sampling(null, null, null, List.of(), null);

    /** Without penalties. */
    public Sampling(
            @Nullable Double temperature,
            @Nullable Double topP,
            @Nullable Integer maxTokens,
            List<String> stop,
            @Nullable Long seed) {
        this(temperature, topP, maxTokens, stop, seed, Penalties.NONE);
    }

    public Sampling {
        stop = List.copyOf(stop);
        if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
            throw new IllegalArgumentException("temperature is 0 to 2, not " + temperature);
        }
        if (topP != null && !(topP >= 0 && topP <= 1)) {
            throw new IllegalArgumentException("top_p is 0 to 1, not " + topP);
        }
        if (maxTokens != null && (maxTokens < 1 || maxTokens > MOST_TOKENS)) {
            throw new IllegalArgumentException("max_tokens is 1 to 1000000, not " + maxTokens);
        }
        if (stop.size() > MOST_STOPS || stop.contains("")) {
            throw new IllegalArgumentException("stop is at most 16 texts that are not empty, not " + stop);
        }
    }

    /** Nothing said but the length. */
    public static Sampling limitedTo(int maxTokens) {
        return new Sampling(null, null, maxTokens, List.of(), null);
    }
}
