package dev.polyphony.providers.gemini;

import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.polyphony.providers.Capability;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.client.AnswerReader;
import dev.polyphony.providers.client.CurrentCall;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.reply.ReplyDraft;
import dev.polyphony.providers.vendor.Dialect;
import dev.polyphony.providers.vendor.Lazy;
import dev.polyphony.providers.vendor.ModelList;
import dev.polyphony.providers.vendor.RequestBodies;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Google's Gemini by the interface of Google AI. It gives tool calls no ids and does not count the tokens of embeddings. */
public final class GeminiDialect implements Dialect {
    private final ProviderConfig config;
    private final Supplier<ChatModel> chat;
    private final Supplier<StreamingChatModel> streaming;
    private final Supplier<EmbeddingModel> embeddings;

    public GeminiDialect(ProviderConfig config) {
        this.config = config;
        this.chat = new Lazy<>(() -> GoogleAiGeminiChatModel.builder()
                .httpClientBuilder(new CurrentCall())
                .baseUrl(config.url())
                .apiKey(config.apiKey())
                .modelName(config.model())
                .returnThinking(false)
                .maxRetries(0)
                .build());
        this.streaming = new Lazy<>(() -> GoogleAiGeminiStreamingChatModel.builder()
                .httpClientBuilder(new CurrentCall())
                .baseUrl(config.url())
                .apiKey(config.apiKey())
                .modelName(config.model())
                .returnThinking(false)
                .build());
        this.embeddings = new Lazy<>(() -> GoogleAiEmbeddingModel.builder()
                .httpClientBuilder(new CurrentCall())
                .baseUrl(config.url())
                .apiKey(config.apiKey())
                .modelName(config.embeddingModel())
                .maxRetries(0)
                .build());
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public AnswerReader reader(ReplyDraft draft) {
        return new GeminiReader(draft);
    }

    @Override
    public ChatModel chat() {
        return chat.get();
    }

    @Override
    public StreamingChatModel streaming() {
        return streaming.get();
    }

    @Override
    public EmbeddingModel embeddings() {
        return embeddings.get();
    }

    /** LangChain4j has the seed in the model and not in the request. Gemini's has 32 bits. */
    @Override
    public HttpRequest complete(HttpRequest written, ModelRequest request) {
        Long seed = request.sampling().seed();
        return seed == null
                ? written
                : RequestBodies.edited(
                        written, body -> body.withObject("generationConfig").put("seed", seed32(seed)));
    }

    /** A page has at most a thousand, which is all of them. Their names stand behind {@code models/}. */
    @Override
    public ModelList models() {
        return new ModelList(
                ModelList.at(config.url() + "/models?pageSize=1000")
                        .addHeader("x-goog-api-key", String.valueOf(config.apiKey()))
                        .build(),
                "models",
                model -> {
                    String name = model.path("name").asString("");
                    return Stream.of(name, name.replaceFirst("^models/", ""));
                });
    }

    private static int seed32(long seed) {
        return (int) seed == seed ? (int) seed : Long.hashCode(seed);
    }
}
