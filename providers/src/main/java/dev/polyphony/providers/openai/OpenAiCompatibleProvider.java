package dev.polyphony.providers.openai;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.TokenUsage;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.http.LangChainHttpClientBuilder;
import java.util.List;
import java.util.Locale;
import okhttp3.OkHttpClient;

/** A model behind OpenAI's chat completions: OpenAI itself, DeepSeek, vLLM, Ollama, llama.cpp's server and many others. */
public final class OpenAiCompatibleProvider implements ModelProvider {
    private static final long MAX_REPLY_BYTES = 8L * 1024 * 1024;

    private final OpenAiEndpoint endpoint;
    private final OkHttpClient client;
    private final OpenAiFailures failures;

    public OpenAiCompatibleProvider(OpenAiEndpoint endpoint, OkHttpClient client) {
        this.endpoint = endpoint;
        this.client = client;
        this.failures = new OpenAiFailures(endpoint);
    }

    @Override
    public String name() {
        return endpoint.name();
    }

    @Override
    public String model() {
        return endpoint.model();
    }

    @Override
    public ModelReply reply(ModelRequest request) {
        ChatResponse response;
        try {
            response = model(request).chat(messages(request));
        } catch (
                RuntimeException
                        e) { // LangChain4j throws many types, and bare ones when the answer is not a completion
            throw failures.rejection(e);
        }
        return reply(response);
    }

    /** A model for this one request, because the timeout is the request's. */
    private OpenAiChatModel model(ModelRequest request) {
        OpenAiChatModel.OpenAiChatModelBuilder builder = OpenAiChatModel.builder()
                .httpClientBuilder(new LangChainHttpClientBuilder(client, MAX_REPLY_BYTES))
                .baseUrl(endpoint.baseUrl().toString())
                .apiKey(endpoint.apiKey())
                .modelName(endpoint.model())
                .timeout(request.timeout())
                .maxRetries(0);
        return (endpoint.wantsMaxCompletionTokens()
                        ? builder.maxCompletionTokens(request.maxTokens())
                        : builder.maxTokens(request.maxTokens()))
                .build();
    }

    private static List<ChatMessage> messages(ModelRequest request) {
        UserMessage user = UserMessage.from(request.userMessage());
        return request.instructions().isBlank()
                ? List.of(user)
                : List.of(SystemMessage.from(request.instructions()), user);
    }

    private ModelReply reply(ChatResponse response) {
        String text = response.aiMessage().text();
        String finishReason = response.finishReason() == null
                ? "unknown"
                : response.finishReason().name().toLowerCase(Locale.ROOT);
        if (text == null || text.isBlank()) {
            throw ProviderProblem.PROVIDER_FAILED.because(
                    "%s sent an empty reply (finish reason: %s)".formatted(endpoint.name(), finishReason));
        }
        String model = response.metadata().modelName();
        TokenUsage tokens = response.tokenUsage();
        return new ModelReply(
                text.strip(),
                model == null || model.isBlank() ? endpoint.model() : model,
                finishReason,
                tokens == null ? null : tokens.inputTokenCount(),
                tokens == null ? null : tokens.outputTokenCount());
    }
}
