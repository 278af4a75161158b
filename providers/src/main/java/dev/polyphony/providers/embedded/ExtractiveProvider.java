package dev.polyphony.providers.embedded;

import dev.langchain4j.data.embedding.Embedding;
import dev.polyphony.providers.Capability;
import dev.polyphony.providers.Embeddings;
import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.ReplyRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Answers by selection: the sentences of the passages that are most relevant to the question, word for word, one per line,
 * the most relevant first, each followed by its citation. It writes nothing of its own and says so: its finish reason is
 * {@code extracted}. The same request gives the same reply.
 *
 * <p>Without passages the question itself is the source: its first paragraph asks, the paragraphs behind it are searched. Of a single
 * paragraph the sentences that do not ask are, or, where none asks, the most central half. The question is never its own answer.
 *
 * <p>It reads the first {@value #MAX_SENTENCES} sentences and returns at most {@value #MAX_RETURNED}. Tokens are the model's own
 * word pieces.
 */
public final class ExtractiveProvider implements ModelProvider {
    /** What it is called in every reply: a selection by this embedding model. */
    public static final String MODEL = "extractive-" + MiniLm.MODEL;

    private static final int MAX_SENTENCES = 2_000;
    static final int MAX_RETURNED = 12;
    private static final int MAX_TOKENS = 4_096;
    private static final Pattern LINE_END = Pattern.compile("(?<=\\n)");
    private static final int BATCH = 64;

    private final String name;
    private final int maxSentences;

    public ExtractiveProvider(String name) {
        this(name, MAX_SENTENCES);
    }

    ExtractiveProvider(String name, int maxSentences) {
        this.name = name;
        this.maxSentences = maxSentences;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String model() {
        return MODEL;
    }

    /** The seed changes nothing: it always gives the same reply to the same request. */
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.EMBEDDINGS, Capability.SEED);
    }

    @Override
    public ModelReply stream(ModelRequest request, ReplyRecorder recorder) {
        ModelReply reply = reply(request);
        LINE_END.splitAsStream(reply.text()).forEach(recorder::onText);
        return reply;
    }

    @Override
    public Embeddings embed(List<String> texts, Duration timeout) {
        MiniLm.Reading reading = read(texts, System.nanoTime(), timeout);
        return new Embeddings(
                reading.embeddings().stream().map(Embedding::vector).toList(), MiniLm.MODEL, reading.tokens());
    }

    @Override
    public ModelReply reply(ModelRequest request) {
        long start = System.nanoTime();
        refuseWhatItCannotDo(request);
        Search search = Search.of(request, maxSentences);
        List<Sentence> sentences = search.sentences();
        if (sentences.isEmpty() || search.wishes().isEmpty()) {
            throw ProviderProblem.PROVIDER_LACKS_CAPABILITY.because(
                    "%s selects sentences of a text and does not repeat the question, and there is no text but the question. Put one behind it, after an empty line, or ask a model that writes; a vendor's key, such as OPENAI_API_KEY, brings one"
                            .formatted(name));
        }
        List<String> texts = new ArrayList<>(search.wishes());
        sentences.forEach(sentence -> texts.add(sentence.text()));
        MiniLm.Reading reading = read(texts, start, request.timeout());
        float[] query = search.query(reading.embeddings());
        List<Embedding> candidates =
                reading.embeddings().subList(search.wishes().size(), texts.size());
        return reply(request, search, new MarginalRelevance(query, candidates), reading.tokens());
    }

    private void refuseWhatItCannotDo(ModelRequest request) {
        Set<Capability> missing = request.needs();
        missing.removeAll(capabilities());
        if (!missing.isEmpty()) {
            throw ProviderProblem.PROVIDER_LACKS_CAPABILITY.because(
                    "%s selects sentences and writes none; it cannot do this: %s".formatted(name, missing));
        }
    }

    private ModelReply reply(ModelRequest request, Search search, MarginalRelevance relevance, int tokensRead) {
        List<Sentence> sentences = search.sentences();
        Integer limit = request.sampling().maxTokens();
        TokenBudget budget = new TokenBudget(limit == null ? MAX_TOKENS : limit);
        List<Integer> picked = relevance.pick(
                Math.min(MAX_RETURNED, search.most()),
                candidate -> budget.spend(sentences.get(candidate).line()));
        if (picked.isEmpty()) {
            throw ProviderProblem.PROVIDER_REQUEST_INVALID.because(
                    "%s returns whole sentences, and no relevant one fits in max_tokens %d; allow more tokens"
                            .formatted(name, limit));
        }
        String text = beforeStop(
                picked.stream().map(i -> sentences.get(i).line()).distinct().collect(Collectors.joining("\n")),
                request.sampling().stop());
        return new ModelReply(
                text, List.of(), MODEL, FinishReason.EXTRACTED, new TokenUsage(tokensRead, MiniLm.count(text)));
    }

    private String beforeStop(String text, List<String> stops) {
        int end = stops.stream()
                .mapToInt(text::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(text.length());
        if (end == 0) {
            throw ProviderProblem.PROVIDER_REQUEST_INVALID.because(
                    name + ": the reply begins with a text at which it should stop");
        }
        return text.substring(0, end);
    }

    /** In batches, to notice between two of them that time is up, or that nobody waits any more. */
    private MiniLm.Reading read(List<String> texts, long start, Duration timeout) {
        List<Embedding> embeddings = new ArrayList<>();
        int tokens = 0;
        for (int from = 0; from < texts.size(); from += BATCH) {
            if (Thread.currentThread().isInterrupted()) {
                throw ProviderProblem.PROVIDER_CALL_CANCELLED.because(name + ": the call was cancelled");
            }
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
