package dev.polyphony.providers;

/**
 * Tokens as the vendor counts and bills them.
 *
 * @param input tokens read
 * @param output tokens written, those of hidden reasoning too
 */
public record TokenUsage(int input, int output) {
    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(input + other.input, output + other.output);
    }
}
