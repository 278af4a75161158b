package dev.polyphony.providers;

import dev.polyphony.shared.Rejection;
import java.util.List;

/** A caller's own message looks like an attempt to instruct a model behind its user's back. */
public final class PromptInjection extends Rejection {
    private static final long serialVersionUID = 1L;

    private final transient Evidence evidence;

    /** @param field the message, as the caller's request names it */
    public PromptInjection(String field, List<String> matchedPatterns) {
        super(ProviderProblem.PROMPT_INJECTION, "Potential prompt injection detected in " + field);
        this.evidence = new Evidence(field, matchedPatterns);
    }

    /**
     * Why a message was refused.
     *
     * @param field the message, as the request names it
     * @param matchedPatterns what was found in it
     */
    public record Evidence(String field, List<String> matchedPatterns) {
        public Evidence {
            matchedPatterns = List.copyOf(matchedPatterns);
        }
    }

    @Override
    public Evidence details() {
        return evidence;
    }
}
