package dev.polyphony.providers.openai;

import dev.polyphony.providers.client.CurrentCall;
import dev.polyphony.providers.client.VendorCall;
import dev.polyphony.providers.vendor.Endpoint;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import org.jspecify.annotations.Nullable;

/** LangChain4j's models of one endpoint, built once and asked by every call in its own words. */
final class OpenAiModels {
    private final OpenAiChatModel whole;
    private final OpenAiStreamingChatModel streaming;

    OpenAiModels(Endpoint endpoint) {
        this.whole = OpenAiChatModel.builder()
                .httpClientBuilder(new CurrentCall())
                .baseUrl(endpoint.url())
                .apiKey(endpoint.apiKey())
                .modelName(endpoint.model())
                .strictJsonSchema(false)
                .maxRetries(0)
                .build();
        this.streaming = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(new CurrentCall())
                .baseUrl(endpoint.url())
                .apiKey(endpoint.apiKey())
                .modelName(endpoint.model())
                .strictJsonSchema(false)
                .build();
    }

    /** What one request says in OpenAI's words only. */
    record Words(@Nullable Integer seed, @Nullable Integer maxCompletionTokens) {
        private ChatRequest in(ChatRequest request) {
            return ChatRequest.builder()
                    .messages(request.messages())
                    .parameters(OpenAiChatRequestParameters.builder()
                            .overrideWith(request.parameters())
                            .seed(seed)
                            .maxCompletionTokens(maxCompletionTokens)
                            .build())
                    .build();
        }
    }

    ChatModel whole(VendorCall call, Words words) {
        return new ChatModel() {
            @Override
            public ChatResponse chat(ChatRequest request) {
                return CurrentCall.through(call, () -> whole.chat(words.in(request)));
            }
        };
    }

    StreamingChatModel streaming(VendorCall call, Words words) {
        return new StreamingChatModel() {
            @Override
            public void chat(ChatRequest request, StreamingChatResponseHandler handler) {
                CurrentCall.through(call, () -> {
                    streaming.chat(words.in(request), handler);
                    return handler;
                });
            }
        };
    }
}
