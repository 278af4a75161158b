package dev.polyphony.providers.embedded;

import dev.langchain4j.data.embedding.Embedding;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Answers by selection: the sentences of the passages that are most relevant to the question, word for word, one per line,
 * the most relevant first, each followed by its citation. It writes nothing of its own and says so: its finish reason is
 * {@code extracted}. The same request gives the same reply.
 *
 * <p>Without passages the question itself is the source: its first paragraph asks, the paragraphs behind it are searched;
 * of a single paragraph the most central sentences are returned.
 *
 * <p>It reads the first {@value #MOST_READ} sentences and returns at most {@value #MOST_RETURNED}. Tokens are the model's own
 * word pieces.
 */
public final class ExtractiveProvider implements ModelProvider {
    /** What it is called in every reply: a selection by this embedding model. */
    public static final String MODEL = "extractive-" + MiniLm.MODEL;

    static final String EXTRACTED = "extracted";
    static final int MOST_READ = 2_000;
    static final int MOST_RETURNED = 12;
    private static final int BATCH = 64;

    private final String name;

    public ExtractiveProvider(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String model() {
        return MODEL;
    }

    @Override
    public ModelReply reply(ModelRequest request) {
        long start = System.nanoTime();
        Search search = Search.of(request);
        List<Sentence> sentences = search.sentences();
        if (sentences.isEmpty() || search.wishes().isEmpty()) {
            throw ProviderProblem.PROVIDER_FAILED.because(
                    "%s selects sentences of the passages or the question; the request has none with words"
                            .formatted(name));
        }
        List<String> texts = new ArrayList<>(search.wishes());
        sentences.forEach(sentence -> texts.add(sentence.text()));
        MiniLm.Reading reading = read(texts, start, request.timeout());
        float[] query = search.query(reading.embeddings());
        List<Embedding> candidates =
                reading.embeddings().subList(search.wishes().size(), texts.size());
        return reply(request, sentences, new MarginalRelevance(query, candidates), reading.tokens());
    }

    private ModelReply reply(
            ModelRequest request, List<Sentence> sentences, MarginalRelevance relevance, int tokensRead) {
        TokenBudget budget = new TokenBudget(request.maxTokens());
        List<Integer> picked = relevance.pick(
                MOST_RETURNED,
                candidate -> budget.spend(sentences.get(candidate).line()));
        if (picked.isEmpty()) {
            throw ProviderProblem.PROVIDER_FAILED.because(
                    "%s returns whole sentences, and no relevant one fits in max_tokens %d; allow more tokens"
                            .formatted(name, request.maxTokens()));
        }
        String text =
                picked.stream().map(i -> sentences.get(i).line()).distinct().collect(Collectors.joining("\n"));
        return new ModelReply(text, MODEL, EXTRACTED, tokensRead, MiniLm.count(text));
    }

    /** In batches, to notice between two of them that time is up. */
    private MiniLm.Reading read(List<String> texts, long start, Duration timeout) {
        List<Embedding> embeddings = new ArrayList<>();
        int tokens = 0;
        for (int from = 0; from < texts.size(); from += BATCH) {
            if (System.nanoTime() - start > timeout.toNanos()) {
                throw ProviderProblem.PROVIDER_TIMED_OUT.because("%s had read %d of %d sentences after %d ms"
                        .formatted(name, from, texts.size(), timeout.toMillis()));
            }
            MiniLm.Reading batch = MiniLm.read(texts.subList(from, Math.min(from + BATCH, texts.size())));
            embeddings.addAll(batch.embeddings());
            tokens += batch.tokens();
        }
        return new MiniLm.Reading(embeddings, tokens);
    }
}
