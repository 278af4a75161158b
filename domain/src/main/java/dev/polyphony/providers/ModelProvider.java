package dev.polyphony.providers;

/** Asks one language model for a reply. Throws rejections of {@link ProviderProblem} and nothing else. */
public interface ModelProvider {
    /** The name under which operators configured it, such as {@code embedded} or {@code deepseek}. */
    String name();

    /** The model it asks, as the vendor names it. */
    String model();

    /** Blocks until the whole reply is there, at most for the request's timeout. */
    ModelReply reply(ModelRequest request);
}
