package dev.polyphony.providers;

import java.time.Duration;
import java.util.List;

/**
 * One question to a language model.
 *
 * @param instructions who the model is and how it should answer (the system prompt)
 * @param question what is asked
 * @param passages the facts that the answer should rest on and cite; may be empty
 * @param maxTokens the most tokens the reply may have, 1 to 32768
 * @param timeout the longest the whole reply may take
 */
public record ModelRequest(
        String instructions, String question, List<Passage> passages, int maxTokens, Duration timeout) {
    public ModelRequest {
        passages = List.copyOf(passages);
        if (maxTokens < 1 || maxTokens > 32_768) {
            throw new IllegalArgumentException("max_tokens is 1 to 32768, not " + maxTokens);
        }
    }
}
