package dev.polyphony.providers.openai;

import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import dev.polyphony.providers.Capability;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.client.CurrentCall;
import dev.polyphony.providers.client.ResponseRules;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.vendor.CallIds;
import dev.polyphony.providers.vendor.Dialect;
import dev.polyphony.providers.vendor.Lazy;
import dev.polyphony.providers.vendor.ModelList;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's chat completions: spoken by OpenAI itself, DeepSeek, Z.ai, xAI, Moonshot, Alibaba, Groq, Cerebras, NVIDIA, Mistral,
 * Cohere, Chutes, OpenRouter, vLLM, llama.cpp's server and many others.
 */
public final class OpenAiDialect implements Dialect, ResponseRules {
    private static final String OPENAI = "api.openai.com";
    private static final Pattern MISTRAL = Pattern.compile("(?:.+\\.)?mistral\\.ai");
    private static final Pattern MISTRALS_ID = Pattern.compile("[a-zA-Z0-9]{9}");
    private static final int MISTRALS_LENGTH = 9;

    private static final Set<String> LIMITS = Set.of("model_length", "max_tokens");

    private final boolean mistral;
    private final ProviderConfig config;
    private final Supplier<ChatModel> chat;
    private final Supplier<StreamingChatModel> streaming;
    private final Supplier<EmbeddingModel> embeddings;

    /** @param config of whom the dialect is for: a few vendors have a word of their own */
    public OpenAiDialect(ProviderConfig config) {
        this.mistral = MISTRAL.matcher(config.host()).matches();
        this.config = config;
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

    /** OpenAI's own newer models refuse {@code max_tokens}; most compatible servers know nothing else. */
    @Override
    public boolean limitsTokensItself() {
        return OPENAI.equalsIgnoreCase(config.host());
    }

    @Override
    public ChatRequestParameters parameters(ModelRequest request, ChatRequestParameters shared) {
        return OpenAiChatRequestParameters.builder()
                .overrideWith(shared)
                .seed(request.sampling().seed())
                .maxCompletionTokens(limitsTokensItself() ? request.sampling().maxTokens() : null)
                .build();
    }

    @Override
    public String callId(String id) {
        boolean fits = !mistral || MISTRALS_ID.matcher(id).matches();
        return fits ? id : CallIds.digest(id, MISTRALS_LENGTH);
    }

    @Override
    public Meaning meaningOf(ServerSentEvent event, JsonNode json) {
        if (json.isMissingNode()) {
            return Meaning.END;
        }
        JsonNode choice = json.path("choices").path(0);
        if (!reason(json).isEmpty()) {
            return Meaning.FINISH;
        }
        return choice.path("delta").properties().stream().anyMatch(OpenAiDialect::says)
                ? Meaning.CONTENT
                : Meaning.OPENING;
    }

    /** Why the model stopped; empty while it has not, which some vendors say by null and others by an empty text. */
    private static String reason(JsonNode json) {
        return json.path("choices").path(0).path("finish_reason").asString("");
    }

    /** Mistral's and OpenRouter's word for it, and DeepSeek's. */
    @Override
    public Optional<String> failureIn(JsonNode json) {
        String reason = reason(json);
        return reason.equals("error") || reason.equals("insufficient_system_resource")
                ? Optional.of("it broke the reply off (finish_reason: %s)".formatted(reason))
                : Optional.empty();
    }

    /** Mistral and some servers have words of their own for the limit on tokens. */
    @Override
    public boolean normalize(JsonNode json) {
        boolean cut = LIMITS.contains(reason(json));
        if (cut && json.path("choices").path(0) instanceof ObjectNode choice) {
            choice.put("finish_reason", "length");
        }
        return cut;
    }

    /** xAI counts what a model thought beside what it wrote, all others within. */
    @Override
    public int hiddenTokens(TokenUsage usage) {
        if (!(usage instanceof OpenAiTokenUsage counted)
                || counted.outputTokensDetails() == null
                || counted.outputTokensDetails().reasoningTokens() == null) {
            return 0;
        }
        int thought = counted.outputTokensDetails().reasoningTokens();
        int beside = counted.inputTokenCount() + or0(counted.outputTokenCount()) + thought;
        return Objects.equals(counted.totalTokenCount(), beside) ? thought : 0;
    }

    private static int or0(@Nullable Integer tokens) {
        return tokens == null ? 0 : tokens;
    }

    /** Text, thoughts or a tool call; most vendors begin with a role and an empty text. */
    private static boolean says(Map.Entry<String, JsonNode> field) {
        JsonNode value = field.getValue();
        return !field.getKey().equals("role")
                && (value.isContainer() ? !value.isEmpty() : !value.asString("").isEmpty());
    }

    @Override
    public Optional<String> refusalIn(JsonNode json) {
        JsonNode choice = json.path("choices").path(0);
        if (reason(json).equals("content_filter")) {
            return Optional.of("its content filter stopped the reply");
        }
        for (JsonNode part : new JsonNode[] {choice.path("message"), choice.path("delta")}) {
            JsonNode refusal = part.path("refusal");
            if (refusal.isString() && !refusal.stringValue().isBlank()) {
                return Optional.of(refusal.stringValue());
            }
        }
        return Optional.empty();
    }
}
