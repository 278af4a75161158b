package dev.polyphony.providers.embedded;

import dev.langchain4j.data.embedding.Embedding;
import dev.polyphony.providers.ModelRequest;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a request asks for, and among which sentences.
 *
 * @param wishes texts that relevance is measured against, the weightiest first
 * @param sentences the sentences to choose from, in the order of the request
 */
record Search(List<String> wishes, List<Sentence> sentences) {
    private static final Pattern PARAGRAPH = Pattern.compile("\n[ \\t]*\n");

    /** The instructions say how to answer more than what about: they tip the balance between like sentences. */
    private static final float WEIGHT_OF_INSTRUCTIONS = 0.2f;

    /** @param maxSentences so many of them, the first ones */
    static Search of(ModelRequest request, int maxSentences) {
        String[] paragraphs = PARAGRAPH.split(request.question().strip().replace("\r\n", "\n"), 2);
        List<String> wishes = Stream.of(paragraphs[0], request.instructions())
                .map(wish -> wish.strip().substring(0, Math.min(wish.strip().length(), 2 * Sentence.MAX_LENGTH)))
                .filter(Sentence::hasWords)
                .toList();
        Stream<Sentence> sentences = request.passages().isEmpty()
                ? Sentence.of(paragraphs[paragraphs.length - 1])
                : request.passages().stream().flatMap(Sentence::of);
        return new Search(wishes, sentences.limit(maxSentences).toList());
    }

    /** The wishes as one vector of length one; the first of {@code embeddings} are theirs. */
    float[] query(List<Embedding> embeddings) {
        float[] query = embeddings.getFirst().vector().clone();
        if (wishes.size() > 1) {
            float[] instructions = embeddings.get(1).vector();
            for (int i = 0; i < query.length; i++) {
                query[i] += WEIGHT_OF_INSTRUCTIONS * instructions[i];
            }
        }
        Embedding sum = Embedding.from(query);
        sum.normalize();
        return sum.vector();
    }
}
