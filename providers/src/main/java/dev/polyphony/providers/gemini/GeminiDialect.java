package dev.polyphony.providers.gemini;

import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import dev.polyphony.providers.Capability;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.client.CurrentCall;
import dev.polyphony.providers.client.ResponseRules;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.vendor.Dialect;
import dev.polyphony.providers.vendor.Lazy;
import dev.polyphony.providers.vendor.ModelList;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Google's Gemini by the interface of Google AI. It gives tool calls no ids and does not count the tokens of embeddings. */
public final class GeminiDialect implements Dialect, ResponseRules {
    private static final Set<String> REFUSALS = Set.of(
            "SAFETY",
            "RECITATION",
            "LANGUAGE",
            "BLOCKLIST",
            "PROHIBITED_CONTENT",
            "SPII",
            "IMAGE_SAFETY",
            "IMAGE_PROHIBITED_CONTENT",
            "IMAGE_RECITATION");

    private static final Pattern REFUSAL_OF_THE_FUTURE = Pattern.compile("SAFETY|PROHIBITED|RECITATION|BLOCK");

    /** LangChain4j takes a reply for broken that stopped for any other reason. */
    private static final Set<String> READABLE = Set.of(
            "FINISH_REASON_UNSPECIFIED",
            "STOP",
            "MAX_TOKENS",
            "OTHER",
            "MALFORMED_FUNCTION_CALL",
            "UNEXPECTED_TOOL_CALL",
            "TOO_MANY_TOOL_CALLS",
            "MISSING_THOUGHT_SIGNATURE",
            "MALFORMED_RESPONSE");

    private static final JsonMapper JSON = JsonMapper.shared();

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
    public ResponseRules rules() {
        return this;
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

    /** LangChain4j has the seed in the model and not in the request. */
    @Override
    public HttpRequest complete(HttpRequest sent, ModelRequest request) {
        Integer seed = request.sampling().seed();
        if (seed == null || !(JSON.readTree(sent.body()) instanceof ObjectNode body)) {
            return sent;
        }
        body.withObject("generationConfig").put("seed", seed);
        return HttpRequest.builder()
                .method(sent.method())
                .url(sent.url())
                .headers(sent.headers())
                .body(body.toString())
                .build();
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

    @Override
    public int hiddenTokens(TokenUsage usage) {
        return usage instanceof GoogleAiGeminiTokenUsage gemini && gemini.thoughtsTokenCount() != null
                ? gemini.thoughtsTokenCount()
                : 0;
    }

    /** There is no last event: the stream just ends behind the one with a reason, or a little later. */
    @Override
    public Meaning meaningOf(ServerSentEvent event, JsonNode json) {
        return json.path("candidates").path(0).path("finishReason").isString() ? Meaning.FINISH : Meaning.CONTENT;
    }

    @Override
    public Optional<String> refusalIn(JsonNode json) {
        JsonNode blocked = json.path("promptFeedback").path("blockReason");
        if (blocked.isString()) {
            return Optional.of("the prompt was blocked (blockReason: %s)".formatted(blocked.stringValue()));
        }
        String reason = json.path("candidates").path(0).path("finishReason").asString("");
        return REFUSALS.contains(reason)
                        || REFUSAL_OF_THE_FUTURE.matcher(reason).find()
                ? Optional.of("the reply was stopped (finishReason: %s)".formatted(reason))
                : Optional.empty();
    }

    @Override
    public boolean normalize(JsonNode json) {
        boolean normalized = false;
        for (JsonNode candidate : json.path("candidates")) {
            JsonNode reason = candidate.path("finishReason");
            if (reason.isString()
                    && !READABLE.contains(reason.stringValue())
                    && candidate instanceof ObjectNode finished) {
                finished.put("finishReason", "OTHER");
                normalized = true;
            }
        }
        return normalized;
    }
}
