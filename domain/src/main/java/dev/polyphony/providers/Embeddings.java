package dev.polyphony.providers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts as vectors.
 *
 * @param vectors one for each text, in the order of the texts, all of the same length
 * @param model the model that made them, as the vendor names it
 * @param tokens tokens read; null when the provider does not count them
 */
public record Embeddings(
        List<float[]> vectors, String model, @Nullable Integer tokens) {
    public Embeddings {
        vectors = List.copyOf(vectors);
    }
}
