package dev.polyphony.providers;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One question to a language model.
 *
 * @param instructions who the model is and how it should answer (the system prompt); may be empty
 * @param question what is asked
 * @param passages the facts that the answer should rest on and cite, weightiest first; may be empty
 * @param maxTokens the most tokens the reply may have, 1 to 32768
 * @param timeout the longest the whole reply may take, 1 ms to 24 h
 */
public record ModelRequest(
        String instructions, String question, List<Passage> passages, int maxTokens, Duration timeout) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    public ModelRequest {
        passages = List.copyOf(passages);
        if (maxTokens < 1 || maxTokens > 32_768) {
            throw new IllegalArgumentException("max_tokens is 1 to 32768, not " + maxTokens);
        }
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("timeout is 1 ms to 24 h, not " + timeout);
        }
    }

    /** What a model reads as the user's message: a line {@code [F12] text} for each passage, an empty line, the question. */
    public String userMessage() {
        if (passages.isEmpty()) {
            return question;
        }
        return passages.stream().map(Passage::line).collect(Collectors.joining("\n", "", "\n\n" + question));
    }

    /** The same question over fewer or other passages. */
    public ModelRequest withPassages(List<Passage> others) {
        return new ModelRequest(instructions, question, others, maxTokens, timeout);
    }

    /** The same question with another limit on its time. */
    public ModelRequest withTimeout(Duration other) {
        return new ModelRequest(instructions, question, passages, maxTokens, other);
    }
}
