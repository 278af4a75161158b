package dev.polyphony.providers.openai;

import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.polyphony.providers.Capability;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.client.AnswerReader;
import dev.polyphony.providers.client.CurrentCall;
import dev.polyphony.providers.client.HttpFailure;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.reply.ReplyDraft;
import dev.polyphony.providers.vendor.CallIds;
import dev.polyphony.providers.vendor.Dialect;
import dev.polyphony.providers.vendor.Lazy;
import dev.polyphony.providers.vendor.ModelList;
import dev.polyphony.providers.vendor.RequestBodies;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * OpenAI's chat completions: spoken by OpenAI itself, DeepSeek, Z.ai, xAI, Moonshot, Alibaba, Groq, Cerebras, NVIDIA, Mistral,
 * Cohere, Chutes, OpenRouter, vLLM, llama.cpp's server and many others.
 */
public final class OpenAiDialect implements Dialect {
    private static final Pattern MISTRAL = Pattern.compile("(?:.+\\.)?mistral\\.ai");
    private static final Pattern MISTRALS_ID = Pattern.compile("[a-zA-Z0-9]{9}");
    private static final int MISTRALS_LENGTH = 9;

    private final boolean mistral;
    private final TokenLimit limit;
    private final ProviderConfig config;
    private final Supplier<ChatModel> chat;
    private final Supplier<StreamingChatModel> streaming;
    private final Supplier<EmbeddingModel> embeddings;

    /** @param config of whom the dialect is for: a few vendors have a word of their own */
    public OpenAiDialect(ProviderConfig config) {
        this.mistral = MISTRAL.matcher(config.host()).matches();
        this.config = config;
        this.limit = new TokenLimit(config);
        this.chat = new Lazy<>(() -> OpenAiChatModel.builder()
                .httpClientBuilder(new CurrentCall())
                .baseUrl(config.url())
                .apiKey(config.apiKey())
                .modelName(config.model())
                .strictJsonSchema(false)
                .maxRetries(0)
                .build());
        this.streaming = new Lazy<>(() -> OpenAiStreamingChatModel.builder()
                .httpClientBuilder(new CurrentCall())
                .baseUrl(config.url())
                .apiKey(config.apiKey())
                .modelName(config.model())
                .strictJsonSchema(false)
                .build());
        this.embeddings = new Lazy<>(() -> OpenAiEmbeddingModel.builder()
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
        return new OpenAiReader(draft);
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

    /** Mistral lists a model under its version and tells the names that stand for it. */
    @Override
    public ModelList models() {
        HttpRequest.Builder request = ModelList.at(config.url() + "/models");
        if (config.apiKey() != null) {
            request.addHeader("Authorization", "Bearer " + config.apiKey());
        }
        return new ModelList(
                request.build(),
                "data",
                model -> Stream.concat(
                                Stream.of(model.path("id")),
                                model.path("aliases").valueStream())
                        .map(name -> name.asString("")));
    }

    @Override
    public boolean limitsTokensItself() {
        return limit.isNew();
    }

    @Override
    public Optional<HttpRequest> reworded(HttpRequest refused, HttpFailure refusal) {
        return limit.renamed(refused, refusal);
    }

    @Override
    public ChatRequestParameters parameters(ModelRequest request, ChatRequestParameters shared) {
        return OpenAiChatRequestParameters.builder()
                .overrideWith(shared)
                .maxCompletionTokens(
                        shared.maxOutputTokens() == null ? request.sampling().maxTokens() : null)
                .build();
    }

    /** LangChain4j's seed has 32 bits. */
    @Override
    public HttpRequest complete(HttpRequest written, ModelRequest request) {
        Long seed = request.sampling().seed();
        return seed == null ? written : RequestBodies.edited(written, body -> body.put("seed", seed));
    }

    @Override
    public String callId(String id) {
        boolean fits = !mistral || MISTRALS_ID.matcher(id).matches();
        return fits ? id : CallIds.digest(id, MISTRALS_LENGTH);
    }
}
