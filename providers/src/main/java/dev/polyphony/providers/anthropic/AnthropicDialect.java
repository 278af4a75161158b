package dev.polyphony.providers.anthropic;

import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.polyphony.providers.Capability;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.chat.ReplyFormat;
import dev.polyphony.providers.http.VendorCall;
import dev.polyphony.providers.http.WireRules;
import dev.polyphony.providers.vendor.CallIds;
import dev.polyphony.providers.vendor.Dialect;
import dev.polyphony.providers.vendor.Endpoint;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Anthropic's messages. They have no seed, and Anthropic has no models for embeddings. */
public final class AnthropicDialect implements Dialect, WireRules {
    /** Anthropic insists on a limit; this one every model of theirs takes. */
    private static final int USUAL_MAX_TOKENS = 4_096;

    private static final Pattern CALL_ID = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final int CALL_ID_DIGITS = 32;

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.TOOLS, Capability.TOOL_CHOICE, Capability.JSON);
    }

    @Override
    public WireRules wire() {
        return this;
    }

    @Override
    public ChatModel chat(Endpoint endpoint, VendorCall call, ModelRequest request) {
        return AnthropicChatModel.builder()
                .httpClientBuilder(call)
                .baseUrl(endpoint.url())
                .apiKey(endpoint.apiKey())
                .modelName(endpoint.model())
                .maxTokens(USUAL_MAX_TOKENS)
                .maxRetries(0)
                .build();
    }

    @Override
    public StreamingChatModel streaming(Endpoint endpoint, VendorCall call, ModelRequest request) {
        return AnthropicStreamingChatModel.builder()
                .httpClientBuilder(call)
                .baseUrl(endpoint.url())
                .apiKey(endpoint.apiKey())
                .modelName(endpoint.model())
                .maxTokens(USUAL_MAX_TOKENS)
                .build();
    }

    @Override
    public EmbeddingModel embeddings(Endpoint endpoint, VendorCall call, String model) {
        throw new UnsupportedOperationException("Anthropic has no models for embeddings");
    }

    @Override
    public boolean takes(ReplyFormat.Json format) {
        return OutputSchema.isTaken(format.schema());
    }

    @Override
    public String callId(String id) {
        return CALL_ID.matcher(id).matches() ? id : "call_" + CallIds.digest(id, CALL_ID_DIGITS);
    }

    @Override
    public Meaning meaningOf(ServerSentEvent event, JsonNode json) {
        return switch (json.path("type").asString("")) {
            case "message_stop" -> Meaning.END;
            case "ping", "" -> Meaning.PING;
            case "message_start", "content_block_start" -> Meaning.OPENING;
            default -> Meaning.CONTENT;
        };
    }

    /** In a message its own field; in a stream that of {@code message_delta}. */
    @Override
    public Optional<String> refusalIn(JsonNode json) {
        boolean refused = json.path("stop_reason").asString("").equals("refusal")
                || json.path("delta").path("stop_reason").asString("").equals("refusal");
        return refused ? Optional.of("the model declined to answer (stop_reason: refusal)") : Optional.empty();
    }
}
