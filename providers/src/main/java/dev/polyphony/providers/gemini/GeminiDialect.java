package dev.polyphony.providers.gemini;

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
import dev.polyphony.providers.http.VendorCall;
import dev.polyphony.providers.http.WireRules;
import dev.polyphony.providers.vendor.Dialect;
import dev.polyphony.providers.vendor.Endpoint;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Google's Gemini by the interface of Google AI. It gives tool calls no ids and does not count the tokens of embeddings. */
public final class GeminiDialect implements Dialect, WireRules {
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
        return GoogleAiGeminiChatModel.builder()
                .httpClientBuilder(call)
                .baseUrl(endpoint.url())
                .apiKey(endpoint.apiKey())
                .modelName(endpoint.model())
                .seed(request.sampling().seed())
                .returnThinking(false)
                .maxRetries(0)
                .build();
    }

    @Override
    public StreamingChatModel streaming(Endpoint endpoint, VendorCall call, ModelRequest request) {
        return GoogleAiGeminiStreamingChatModel.builder()
                .httpClientBuilder(call)
                .baseUrl(endpoint.url())
                .apiKey(endpoint.apiKey())
                .modelName(endpoint.model())
                .seed(request.sampling().seed())
                .returnThinking(false)
                .build();
    }

    @Override
    public EmbeddingModel embeddings(Endpoint endpoint, VendorCall call, String model) {
        return GoogleAiEmbeddingModel.builder()
                .httpClientBuilder(call)
                .baseUrl(endpoint.url())
                .apiKey(endpoint.apiKey())
                .modelName(model)
                .maxRetries(0)
                .build();
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
                ? Optional.of("the reply was stopped (finishReason: %s)".formatted(reason))
                : Optional.empty();
    }
}
