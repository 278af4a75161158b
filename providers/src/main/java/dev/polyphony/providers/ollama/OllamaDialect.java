package dev.polyphony.providers.ollama;

import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
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
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ollama's own interface, with lines of JSON in place of events. Its models cannot be made to call a tool. */
public final class OllamaDialect implements Dialect {
    private final ProviderConfig config;
    private final Supplier<ChatModel> chat;
    private final Supplier<StreamingChatModel> streaming;
    private final Supplier<EmbeddingModel> embeddings;

    public OllamaDialect(ProviderConfig config) {
        this.config = config;
        this.chat = new Lazy<>(() -> OllamaChatModel.builder()
                .httpClientBuilder(new CurrentCall())
                .baseUrl(config.url())
                .customHeaders(authorization(config.apiKey()))
                .modelName(config.model())
                .maxRetries(0)
                .build());
        this.streaming = new Lazy<>(() -> OllamaStreamingChatModel.builder()
                .httpClientBuilder(new CurrentCall())
                .baseUrl(config.url())
                .customHeaders(authorization(config.apiKey()))
                .modelName(config.model())
                .build());
        this.embeddings = new Lazy<>(() -> OllamaEmbeddingModel.builder()
                .httpClientBuilder(new CurrentCall())
                .baseUrl(config.url())
                .customHeaders(authorization(config.apiKey()))
                .modelName(config.embeddingModel())
                .maxRetries(0)
                .build());
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.TOOL_CHOICE, Capability.PENALTIES));
    }

    @Override
    public AnswerReader reader(ReplyDraft draft) {
        return new OllamaReader(draft);
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

    /** LangChain4j's seed has 32 bits. */
    @Override
    public HttpRequest complete(HttpRequest written, ModelRequest request) {
        Long seed = request.sampling().seed();
        return seed == null
                ? written
                : RequestBodies.edited(
                        written, body -> body.withObject("options").put("seed", seed));
    }

    /** A name without a tag stands for the one with the tag {@code latest}. */
    @Override
    public ModelList models() {
        HttpRequest.Builder request = ModelList.at(config.url() + "/api/tags");
        authorization(config.apiKey()).forEach(request::addHeader);
        return new ModelList(request.build(), "models", model -> {
            String name = model.path("name").asString("");
            return Stream.of(name, name.replaceFirst(":latest$", ""));
        });
    }

    /** A server of one's own wants none; ollama.com and proxies do. */
    private static Map<String, String> authorization(@Nullable String apiKey) {
        return apiKey == null ? Map.of() : Map.of("Authorization", "Bearer " + apiKey);
    }
}
