package dev.polyphony.providers;

import dev.polyphony.providers.chat.ReplyRecorder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One way to one model. Its methods block and may be called by many threads at once; interrupting the calling thread, which
 * should be a virtual one, ends the call. They throw {@link ProviderFailure} and nothing else, except what a listener throws.
 */
public interface ModelProvider {
    /** The name under which operators configured it, such as {@code embedded} or {@code deepseek}. */
    String name();

    /** The model it asks, as the vendor names it. */
    String model();

    /** What it can do beyond replying with text. */
    Set<Capability> capabilities();

    /**
     * Names of the models that can be asked here, as the vendor lists them. Listing costs no tokens.
     *
     * @return empty when the vendor has no list
     */
    default Optional<Set<String>> models(Duration timeout) {
        return Optional.of(Set.of(model()));
    }

    /** Waits for the whole reply, at most for the request's timeout. */
    ModelReply reply(ModelRequest request);

    /**
     * The same, told piece by piece. A stream that breaks off fails although pieces of it were told, and so does JSON that
     * turns out to be invalid at its end.
     *
     * @return the whole reply, with what was told
     */
    ModelReply stream(ModelRequest request, ReplyRecorder recorder);

    /**
     * Turns texts into vectors.
     *
     * @param texts 1 to 2048, none of them blank
     * @param timeout for all of them together
     */
    default Embeddings embed(List<String> texts, Duration timeout) {
        throw ProviderProblem.PROVIDER_LACKS_CAPABILITY.because(name() + " has no model for embeddings");
    }
}
