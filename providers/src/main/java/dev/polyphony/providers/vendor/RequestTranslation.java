package dev.polyphony.providers.vendor;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.chat.ReplyFormat;
import dev.polyphony.providers.chat.Sampling;
import dev.polyphony.providers.chat.Tool;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.chat.ToolChoice;
import dev.polyphony.providers.config.JsonSupport;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.shared.secrets.SecretDetector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Translates a request to LangChain4j's types. No secret that stands in it goes out of this server. */
final class RequestTranslation {
    private static final SecretDetector SECRETS = SecretDetector.standard();

    private final ProviderConfig config;
    private final Dialect dialect;

    RequestTranslation(ProviderConfig config, Dialect dialect) {
        this.config = config;
        this.dialect = dialect;
    }

    ChatRequest of(ModelRequest request) {
        Sampling sampling = request.sampling();
        List<Tool> tools = offered(request);
        return ChatRequest.builder()
                .messages(request.prompt().stream()
                        .filter(message -> !(message instanceof ChatMessage.Instructions)
                                || !message.text().isBlank())
                        .map(this::message)
                        .toList())
                .parameters(dialect.parameters(
                        request,
                        DefaultChatRequestParameters.builder()
                                .temperature(sampling.temperature())
                                .topP(sampling.topP())
                                .maxOutputTokens(dialect.limitsTokensItself() ? null : sampling.maxTokens())
                                .stopSequences(sampling.stop())
                                .presencePenalty(penalty(sampling.penalties().presence()))
                                .frequencyPenalty(penalty(sampling.penalties().frequency()))
                                .toolSpecifications(tools.stream()
                                        .map(RequestTranslation::masked)
                                        .map(ToolSchema::of)
                                        .toList())
                                .toolChoice(tools.isEmpty() ? null : choice(request.toolChoice()))
                                .responseFormat(format(request.format()))
                                .build()))
                .build();
    }

    /** None is not said at all: some models take no penalties. */
    private static @Nullable Double penalty(double penalty) {
        return penalty == 0 ? null : penalty;
    }

    /** A certain tool is asked for by offering no other one; then "some tool" means this tool, at every vendor. */
    private static List<Tool> offered(ModelRequest request) {
        return request.toolChoice() instanceof ToolChoice.Named(String name)
                ? request.tools().stream()
                        .filter(tool -> tool.name().equals(name))
                        .toList()
                : request.tools();
    }

    private static dev.langchain4j.model.chat.request.@Nullable ToolChoice choice(ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Free.AUTO -> null;
            case ToolChoice.Free.NONE -> dev.langchain4j.model.chat.request.ToolChoice.NONE;
            case ToolChoice.Free.REQUIRED -> dev.langchain4j.model.chat.request.ToolChoice.REQUIRED;
            case ToolChoice.Named _ -> dev.langchain4j.model.chat.request.ToolChoice.REQUIRED;
        };
    }

    private @Nullable ResponseFormat format(ReplyFormat format) {
        if (!(format instanceof ReplyFormat.Json json) || config.json() == JsonSupport.INSTRUCTIONS) {
            return null;
        }
        if (config.json() == JsonSupport.OBJECT) {
            return ResponseFormat.JSON;
        }
        if (!dialect.takes(json)) {
            return null;
        }
        JsonSchema schema = JsonSchema.builder()
                .name(json.name())
                .rootElement(JsonRawSchema.from(json.schema()))
                .build();
        return ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(schema)
                .build();
    }

    private dev.langchain4j.data.message.ChatMessage message(ChatMessage message) {
        return switch (message) {
            case ChatMessage.Instructions(String text) -> SystemMessage.from(SECRETS.masked(text));
            case ChatMessage.User(String text) -> UserMessage.from(SECRETS.masked(text));
            case ChatMessage.ToolResult result ->
                ToolExecutionResultMessage.from(
                        dialect.callId(result.callId()), result.tool(), SECRETS.masked(result.text()));
            case ChatMessage.Assistant(String text, List<ToolCall> calls) ->
                AiMessage.builder()
                        .text(text.isEmpty() && !calls.isEmpty() ? null : SECRETS.masked(text))
                        .toolExecutionRequests(calls.stream().map(this::call).toList())
                        .build();
        };
    }

    private static Tool masked(Tool tool) {
        return new Tool(tool.name(), SECRETS.masked(tool.description()), SECRETS.maskedJson(tool.schema()));
    }

    private ToolExecutionRequest call(ToolCall call) {
        return ToolExecutionRequest.builder()
                .id(dialect.callId(call.id()))
                .name(call.tool())
                .arguments(SECRETS.maskedJson(ToolSchema.objectOf(call.arguments())))
                .build();
    }
}
