package dev.polyphony.conversations.openai;

import dev.polyphony.conversations.openai.ChatBody.FunctionBody;
import dev.polyphony.conversations.openai.ChatBody.ResponseFormat;
import dev.polyphony.conversations.openai.ChatBody.ToolBody;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.chat.ReplyFormat;
import dev.polyphony.providers.chat.Sampling;
import dev.polyphony.providers.chat.Tool;
import dev.polyphony.providers.chat.ToolChoice;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes a request in OpenAI's words into ours, or refuses it and names the parameter. */
final class ChatRequests {
    private static final String ANY_OBJECT = "{\"type\":\"object\"}";
    private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";

    private ChatRequests() {}

    /** @param instructions what the model is told before the conversation; empty for nothing */
    static ModelRequest of(ChatBody body, String instructions, Duration timeout) {
        refuseWhatNobodyCanDo(body);
        List<ChatMessage> messages = new ArrayList<>();
        if (!instructions.isEmpty()) {
            messages.add(new ChatMessage.Instructions(instructions));
        }
        messages.addAll(Messages.of(body.messages()));
        List<Tool> tools = tools(body.tools());
        ToolChoice choice = choice(body.toolChoice());
        try {
            return ModelRequest.of(messages, sampling(body), timeout)
                    .withTools(tools, choice)
                    .withFormat(format(body.responseFormat()));
        } catch (IllegalArgumentException wrong) {
            throw RequestProblem.INVALID_VALUE.because(Objects.toString(wrong.getMessage(), "a parameter is wrong"));
        }
    }

    private static void refuseWhatNobodyCanDo(ChatBody body) {
        refuse(body.n() != null && body.n() != 1, "n", body.n(), "1");
        refuse(Boolean.TRUE.equals(body.logprobs()), "logprobs", body.logprobs(), "false");
        refuse(isSet(body.presencePenalty()), "presence_penalty", body.presencePenalty(), "0");
        refuse(isSet(body.frequencyPenalty()), "frequency_penalty", body.frequencyPenalty(), "0");
        refuse(isFilled(body.logitBias()), "logit_bias", "a bias", "an empty one");
        refuse(isFilled(body.audio()), "audio", "audio", "null");
        refuse(isFilled(body.functions()), "functions", "functions", "null; use tools");
    }

    private static void refuse(boolean wanted, String parameter, @Nullable Object provided, String expected) {
        if (wanted) {
            throw RequestProblem.unsupported(parameter, String.valueOf(provided), expected);
        }
    }

    private static boolean isSet(@Nullable BigDecimal penalty) {
        return penalty != null && penalty.signum() != 0;
    }

    private static boolean isFilled(@Nullable JsonNode node) {
        return node != null && !node.isNull() && !(node.isContainer() && node.isEmpty());
    }

    private static Sampling sampling(ChatBody body) {
        Integer most = body.maxCompletionTokens() == null ? body.maxTokens() : body.maxCompletionTokens();
        return new Sampling(number(body.temperature()), number(body.topP()), most, stop(body.stop()), body.seed());
    }

    private static @Nullable Double number(@Nullable BigDecimal value) {
        return value == null ? null : value.doubleValue();
    }

    private static List<String> stop(@Nullable JsonNode stop) {
        if (stop == null || stop.isNull()) {
            return List.of();
        }
        List<JsonNode> texts = stop.isArray() ? stop.valueStream().toList() : List.of(stop);
        if (!texts.stream().allMatch(JsonNode::isString)) {
            throw RequestProblem.invalid("stop", "a value of another type", "a string or an array of strings");
        }
        return texts.stream().map(JsonNode::asString).toList();
    }

    private static List<Tool> tools(@Nullable List<@Nullable ToolBody> tools) {
        return tools == null
                ? List.of()
                : tools.stream().map(ChatRequests::tool).toList();
    }

    private static Tool tool(@Nullable ToolBody tool) {
        FunctionBody function = tool == null ? null : tool.function();
        String name = function == null ? null : function.name();
        if (tool == null || !"function".equals(tool.type()) || function == null || name == null) {
            throw RequestProblem.invalid("tools", "something else", "an array of functions with names");
        }
        String description = function.description() == null ? "" : function.description();
        JsonNode parameters = function.parameters();
        String schema = parameters == null || parameters.isNull() ? NO_PARAMETERS : parameters.toString();
        try {
            return new Tool(name, description, schema);
        } catch (IllegalArgumentException wrong) {
            throw RequestProblem.invalid(
                    "tools", "'" + name + "'", "functions whose names are 1 to 64 of a-z A-Z 0-9 _ -");
        }
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
            case "json_object" -> new ReplyFormat.Json("object", ANY_OBJECT);
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
