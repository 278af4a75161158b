package dev.polyphony.providers.openai;

import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.polyphony.providers.Capability;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.http.VendorCall;
import dev.polyphony.providers.http.WireRules;
import dev.polyphony.providers.openai.OpenAiModels.Words;
import dev.polyphony.providers.vendor.CallIds;
import dev.polyphony.providers.vendor.Dialect;
import dev.polyphony.providers.vendor.Endpoint;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * OpenAI's chat completions: spoken by OpenAI itself, DeepSeek, Z.ai, xAI, Moonshot, Alibaba, Groq, Cerebras, NVIDIA, Mistral,
 * Cohere, Chutes, OpenRouter, vLLM, llama.cpp's server and many others.
 */
public final class OpenAiDialect implements Dialect, WireRules {
    private static final String OPENAI = "api.openai.com";
    private static final Pattern MISTRAL = Pattern.compile("(?:.+\\.)?mistral\\.ai");
    private static final Pattern MISTRALS_ID = Pattern.compile("[a-zA-Z0-9]{9}");
    private static final int MISTRALS_LENGTH = 9;

    private final boolean mistral;
    private final OpenAiModels models;

    /** @param endpoint whom the dialect is for: a few vendors have a word of their own */
    public OpenAiDialect(Endpoint endpoint) {
        String host = endpoint.baseUrl().getHost();
        this.mistral = host != null && MISTRAL.matcher(host).matches();
        this.models = new OpenAiModels(endpoint);
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public WireRules wire() {
        return this;
    }

    @Override
    public ChatModel chat(Endpoint endpoint, VendorCall call, ModelRequest request) {
        return models.whole(call, words(endpoint, request));
    }

    @Override
    public StreamingChatModel streaming(Endpoint endpoint, VendorCall call, ModelRequest request) {
        return models.streaming(call, words(endpoint, request));
    }

    private Words words(Endpoint endpoint, ModelRequest request) {
        return new Words(request.sampling().seed(), maxCompletionTokens(endpoint, request));
    }

    @Override
    public EmbeddingModel embeddings(Endpoint endpoint, VendorCall call, String model) {
        return OpenAiEmbeddingModel.builder()
                .httpClientBuilder(call)
                .baseUrl(endpoint.url())
                .apiKey(endpoint.apiKey())
                .modelName(model)
                .maxRetries(0)
                .build();
    }

    /** OpenAI's own newer models refuse {@code max_tokens}; most compatible servers know nothing else. */
    @Override
    public boolean limitsTokensItself(Endpoint endpoint) {
        return OPENAI.equalsIgnoreCase(endpoint.baseUrl().getHost());
    }

    private @Nullable Integer maxCompletionTokens(Endpoint endpoint, ModelRequest request) {
        return limitsTokensItself(endpoint) ? request.sampling().maxTokens() : null;
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
        if (choice.path("finish_reason").isString()) {
            return Meaning.FINISH;
        }
        return choice.path("delta").properties().stream().anyMatch(OpenAiDialect::says)
                ? Meaning.CONTENT
                : Meaning.OPENING;
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
        if (choice.path("finish_reason").asString("").equals("content_filter")) {
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
