package dev.polyphony.providers.embedded;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.HuggingFaceTokenCountEstimator;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.util.List;
import java.util.Objects;

/** The quantized all-MiniLM-L6-v2 sentence model and its tokenizer, in this process. Started by the first text; thread-safe. */
final class MiniLm {
    static final String MODEL = "all-minilm-l6-v2-q";

    /**
     * Texts as 384 numbers of length one each.
     *
     * @param tokens word pieces read, counted by the model
     */
    record Reading(List<Embedding> embeddings, int tokens) {}

    private static final class Started {
        static final EmbeddingModel MODEL = start();
        static final TokenCountEstimator TOKENS = new HuggingFaceTokenCountEstimator();

        /** LangChain4j looks for the model through the thread's class loader, which need not be ours. */
        private static EmbeddingModel start() {
            stayAtHome();
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(MiniLm.class.getClassLoader());
            try {
                return new AllMiniLmL6V2QuantizedEmbeddingModel();
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    private MiniLm() {}

    /** The tokenizer's library reports its use to its makers when it runs in their cloud, unless it is told not to. */
    private static void stayAtHome() {
        for (String setting : List.of("OPT_OUT_TRACKING", "ai.djl.offline")) {
            if (System.getProperty(setting) == null) {
                System.setProperty(setting, "true");
            }
        }
    }

    static Reading read(List<String> texts) {
        Response<List<Embedding>> response =
                Started.MODEL.embedAll(texts.stream().map(TextSegment::from).toList());
        return new Reading(
                response.content(),
                Objects.requireNonNull(response.tokenUsage(), "the model counts its tokens")
                        .inputTokenCount());
    }

    static int count(String text) {
        return Started.TOKENS.estimateTokenCountInText(text);
    }
}
