package dev.polyphony.providers;

import java.util.List;
import java.util.Set;

/** Asks the enabled providers in order until one replies. */
public interface ModelRouter {
    /**
     * Blocks until a provider replied or none is left.
     *
     * @param allowed names of the providers that may be asked; empty means all
     * @return the reply and every attempt that led to it; it never throws for a provider's failure
     */
    Routed route(ModelRequest request, Set<String> allowed);

    /** Names of the enabled providers, in the order in which they are tried. */
    List<String> providers();

    /** How a request fared. */
    sealed interface Routed {
        /** In the order they were made. */
        List<ModelAttempt> attempts();
    }

    /** The last attempt's provider replied. */
    record Answered(ModelReply reply, String provider, List<ModelAttempt> attempts) implements Routed {}

    /** Nobody replied; {@code attempts} is empty when no enabled provider was allowed. */
    record Unanswered(String reason, List<ModelAttempt> attempts) implements Routed {}
}
