package dev.polyphony.conversations.openai;

import dev.polyphony.conversations.gateway.RequestInputs;
import dev.polyphony.conversations.gateway.RequestProblem;
import dev.polyphony.conversations.gateway.Target;
import dev.polyphony.conversations.openai.ChatBody.ResponseFormat;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.chat.ReplyFormat;
import dev.polyphony.providers.chat.Sampling;
import dev.polyphony.providers.chat.Tool;
import dev.polyphony.providers.chat.ToolChoice;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Translates OpenAI's requests into ours, or refuses them and names the parameter. */
final class ChatRequests {
    private ChatRequests() {}

    static ModelRequest of(ChatBody body, Target target, Duration timeout) {
        rejectUnsupported(body);
        List<ChatMessage> messages = target.withInstructions(ChatMessageReader.of(body.messages()));
        List<Tool> tools = RequestInputs.tools(body.tools());
        ToolChoice choice = choice(body.toolChoice());
        return RequestInputs.validated(() -> ModelRequest.of(messages, sampling(body), timeout)
                .withTools(tools, choice)
                .withFormat(format(body.responseFormat())));
    }

    private static void rejectUnsupported(ChatBody body) {
        reject(body.n() != null && body.n() != 1, "n", body.n(), "1");
        reject(Boolean.TRUE.equals(body.logprobs()), "logprobs", body.logprobs(), "false");
        reject(RequestInputs.isPresent(body.logitBias()), "logit_bias", "a bias", "an empty one");
        reject(RequestInputs.isPresent(body.audio()), "audio", "audio", "null");
        reject(RequestInputs.isPresent(body.functions()), "functions", "functions", "null; use tools");
    }

    private static void reject(boolean wanted, String parameter, @Nullable Object provided, String expected) {
        if (wanted) {
            throw RequestProblem.unsupported(parameter, String.valueOf(provided), expected);
        }
    }

    private static Sampling sampling(ChatBody body) {
        Integer maxTokens = body.maxCompletionTokens() == null ? body.maxTokens() : body.maxCompletionTokens();
        return new Sampling(
                RequestInputs.number(body.temperature()),
                RequestInputs.number(body.topP()),
                maxTokens,
                RequestInputs.stop(body.stop(), "stop"),
                body.seed(),
                RequestInputs.penalties(body.presencePenalty(), body.frequencyPenalty()));
    }

    private static ToolChoice choice(@Nullable JsonNode choice) {
        if (choice == null || choice.isNull()) {
            return ToolChoice.Free.AUTO;
        }
        JsonNode named = choice.at("/function/name");
        if (named.isString()) {
            return new ToolChoice.Named(named.asString());
        }
        return switch (choice.isString() ? choice.asString() : "") {
            case "auto" -> ToolChoice.Free.AUTO;
            case "none" -> ToolChoice.Free.NONE;
            case "required" -> ToolChoice.Free.REQUIRED;
            default ->
                throw RequestProblem.invalid(
                        "tool_choice", choice.toString(), "auto, none, required or a function with its name");
        };
    }

    private static ReplyFormat format(@Nullable ResponseFormat format) {
        if (format == null) {
            return ReplyFormat.TEXT;
        }
        return switch (Objects.toString(format.type(), "")) {
            case "text" -> ReplyFormat.TEXT;
            case "json_object" -> new ReplyFormat.Json("object", RequestInputs.ANY_OBJECT);
            case "json_schema" -> schema(format);
            default ->
                throw RequestProblem.invalid(
                        "response_format.type", String.valueOf(format.type()), "text, json_object or json_schema");
        };
    }

    private static ReplyFormat schema(ResponseFormat format) {
        JsonNode schema =
                format.jsonSchema() == null ? null : format.jsonSchema().schema();
        String name = format.jsonSchema() == null ? null : format.jsonSchema().name();
        if (schema == null || !schema.isObject() || name == null || !name.matches("[a-zA-Z0-9_-]{1,64}")) {
            throw RequestProblem.invalid(
                    "response_format.json_schema",
                    null,
                    "a name of 1 to 64 of a-z A-Z 0-9 _ - and a schema, an object");
        }
        return new ReplyFormat.Json(name, schema.toString());
    }
}
