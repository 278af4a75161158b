package dev.polyphony.conversations.ollama;

import dev.polyphony.conversations.gateway.RequestInputs;
import dev.polyphony.conversations.gateway.RequestProblem;
import dev.polyphony.conversations.gateway.Target;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.chat.ReplyFormat;
import dev.polyphony.providers.chat.ToolChoice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes requests in Ollama's words into ours, or refuses them and names the parameter. */
final class OllamaRequests {
    private OllamaRequests() {}

    /** Empty when nothing is asked: then the model shall only be loaded, or unloaded. */
    static Optional<ModelRequest> of(OllamaChatBody body, Target target, Duration timeout) {
        if (body.messages() == null || body.messages().isEmpty()) {
            return Optional.empty();
        }
        refuseThoughts(body.think());
        refuse(Boolean.TRUE.equals(body.logprobs()), "logprobs", "false");
        List<ChatMessage> messages = target.opening(OllamaConversation.of(body.messages()));
        return Optional.of(
                RequestInputs.checked(() -> ModelRequest.of(messages, OllamaOptions.sampling(body.options()), timeout)
                        .withTools(RequestInputs.tools(body.tools()), ToolChoice.Free.AUTO)
                        .withFormat(format(body.format()))));
    }

    /** Empty as above. */
    static Optional<ModelRequest> of(OllamaGenerateBody body, Target target, Duration timeout) {
        String prompt = body.prompt();
        if (prompt == null || prompt.isEmpty()) {
            return Optional.empty();
        }
        refuseWhatNobodyCanDo(body);
        ChatMessage user = new ChatMessage.User(prompt);
        String system = body.system();
        List<ChatMessage> messages = target.opening(
                system == null || system.isEmpty()
                        ? List.of(user)
                        : List.of(new ChatMessage.Instructions(system), user));
        return Optional.of(
                RequestInputs.checked(() -> ModelRequest.of(messages, OllamaOptions.sampling(body.options()), timeout)
                        .withFormat(format(body.format()))));
    }

    private static void refuseWhatNobodyCanDo(OllamaGenerateBody body) {
        refuseThoughts(body.think());
        refuse(Boolean.TRUE.equals(body.logprobs()), "logprobs", "false");
        refuse(isSaid(body.suffix()), "suffix", "an empty one");
        refuse(isSaid(body.template()), "template", "an empty one");
        refuse(Boolean.TRUE.equals(body.raw()), "raw", "false");
        refuse(RequestInputs.isFilled(body.context()), "context", "an empty one; send the conversation to /api/chat");
        OllamaConversation.refuseImages(body.images(), "images");
    }

    /** Vendors' thoughts do not come through to us. */
    private static void refuseThoughts(@Nullable JsonNode think) {
        boolean wanted = think != null && !think.isNull() && think.asBoolean(true);
        refuse(wanted, "think", "false");
    }

    private static void refuse(boolean wanted, String parameter, String expected) {
        if (wanted) {
            throw RequestProblem.unsupported(parameter, "something else", expected);
        }
    }

    private static boolean isSaid(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    private static ReplyFormat format(@Nullable JsonNode format) {
        if (format == null || format.isNull() || format.asString("other").isEmpty()) {
            return ReplyFormat.TEXT;
        }
        if (format.isObject()) {
            return new ReplyFormat.Json("reply", format.toString());
        }
        if (format.asString("other").equals("json")) {
            return new ReplyFormat.Json("object", RequestInputs.ANY_OBJECT);
        }
        throw RequestProblem.invalid("format", format.toString(), "json or a JSON Schema, an object");
    }
}
