package dev.polyphony.providers.guard;

/**
 * How the guard decides.
 *
 * @param threshold the score from which a caller's own message is taken for an injection
 * @param untrustedThreshold the same for text of documents, repositories, file names and tools
 */
public record GuardOptions(Mode mode, double threshold, double untrustedThreshold) {
    /** What it does with a caller's own message; untrusted text is marked in both of the first. */
    public enum Mode {
        /** Refuses it. */
        BLOCK,
        /** Lets it through and reports it. */
        MARK,
        /** Looks at nothing. */
        OFF
    }
}
