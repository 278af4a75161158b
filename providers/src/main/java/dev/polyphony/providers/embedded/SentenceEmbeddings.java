package dev.polyphony.providers.embedded;

import dev.langchain4j.data.embedding.Embedding;
import java.util.List;

/** What sentences mean, as vectors of length one, computed in this process. About a millisecond for each. */
public final class SentenceEmbeddings {
    public static final int DIMENSIONS = 384;

    private SentenceEmbeddings() {}

    /** @param texts none of them blank */
    public static List<float[]> of(List<String> texts) {
        return texts.isEmpty()
                ? List.of()
                : MiniLm.read(texts).embeddings().stream()
                        .map(Embedding::vector)
                        .toList();
    }
}
