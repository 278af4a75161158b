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
 * @param most how many of them may be chosen, so that it is a choice
 */
record Search(List<String> wishes, List<Sentence> sentences, int most) {
    /** Of fewer sentences, the half would be the question again. */
    private static final int FEWEST_TO_CHOOSE = 4;

    private static final Pattern QUESTION = Pattern.compile("[?\uff1f\u061f][\\p{P}\\s]*$");
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
        if (!request.passages().isEmpty()) {
            List<Sentence> sentences = request.passages().stream()
                    .flatMap(Sentence::of)
                    .limit(maxSentences)
                    .toList();
            return new Search(wishes, sentences, sentences.size());
        }
        return ofText(wishes, paragraphs, maxSentences);
    }

    private static Search ofText(List<String> wishes, String[] paragraphs, int maxSentences) {
        List<Sentence> all = Sentence.of(paragraphs[paragraphs.length - 1])
                .limit(maxSentences)
                .toList();
        List<Sentence> told = all.stream().filter(sentence -> !asks(sentence)).toList();
        boolean allOfTheQuestion = paragraphs.length == 1 && told.size() == all.size();
        int most = !allOfTheQuestion ? told.size() : told.size() < FEWEST_TO_CHOOSE ? 0 : told.size() / 2;
        return new Search(wishes, most == 0 ? List.of() : told, most);
    }

    private static boolean asks(Sentence sentence) {
        return QUESTION.matcher(sentence.text()).find();
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
