package dev.polyphony.providers.ollama;

import dev.polyphony.providers.Capability;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.client.ResponseRules;
import dev.polyphony.providers.client.VendorCall;
import dev.polyphony.providers.vendor.Dialect;
import dev.polyphony.providers.vendor.Endpoint;
import dev.polyphony.providers.vendor.ModelList;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Ollama's own interface, with lines of JSON in place of events. Its models cannot be made to call a tool. */
public final class OllamaDialect implements Dialect {
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.TOOL_CHOICE, Capability.PENALTIES));
    }

    @Override
    public ResponseRules wire() {
        return new Lines();
    }

    @Override
    public ChatModel chat(Endpoint endpoint, VendorCall call, ModelRequest request) {
        return OllamaChatModel.builder()
                .httpClientBuilder(call)
                .baseUrl(endpoint.url())
                .customHeaders(authorization(endpoint.apiKey()))
                .modelName(endpoint.model())
                .seed(request.sampling().seed())
                .maxRetries(0)
                .build();
    }

    @Override
    public StreamingChatModel streaming(Endpoint endpoint, VendorCall call, ModelRequest request) {
        return OllamaStreamingChatModel.builder()
                .httpClientBuilder(call)
                .baseUrl(endpoint.url())
                .customHeaders(authorization(endpoint.apiKey()))
                .modelName(endpoint.model())
                .seed(request.sampling().seed())
                .build();
    }

    @Override
    public EmbeddingModel embeddings(Endpoint endpoint, VendorCall call, String model) {
        return OllamaEmbeddingModel.builder()
                .httpClientBuilder(call)
                .baseUrl(endpoint.url())
                .customHeaders(authorization(endpoint.apiKey()))
                .modelName(model)
                .maxRetries(0)
                .build();
    }

    /** A name without a tag stands for the one with the tag {@code latest}. */
    @Override
    public ModelList models(Endpoint endpoint) {
        HttpRequest.Builder request = ModelList.at(endpoint.url() + "/api/tags");
        authorization(endpoint.apiKey()).forEach(request::addHeader);
        return new ModelList(request.build(), "models", model -> {
            String name = model.path("name").asString("");
            return Stream.of(name, name.replaceFirst(":latest$", ""));
        });
    }

    /** A server of one's own wants none; ollama.com and proxies do. */
    private static Map<String, String> authorization(@Nullable String apiKey) {
        return apiKey == null ? Map.of() : Map.of("Authorization", "Bearer " + apiKey);
    }

    /** The rules of one call: tool calls are counted. */
    private static final class Lines implements ResponseRules {
        private final AtomicInteger toolCalls = new AtomicInteger();

        @Override
        public Meaning meaningOf(ServerSentEvent event, JsonNode json) {
            return json.path("done").asBoolean(false) ? Meaning.END : Meaning.CONTENT;
        }

        @Override
        public Optional<String> refusalIn(JsonNode json) {
            return Optional.empty();
        }

        /** LangChain4j takes tool calls without an index, which older servers send, for pieces of one call. */
        @Override
        public boolean mend(JsonNode json) {
            JsonNode calls = json.path("message").path("tool_calls");
            for (JsonNode call : calls) {
                if (call.path("function") instanceof ObjectNode function) {
                    function.put("index", toolCalls.getAndIncrement());
                }
            }
            return !calls.isEmpty();
        }
    }
}
