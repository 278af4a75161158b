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

/** Translates Ollama's requests into ours, or refuses them and names the parameter. */
final class OllamaRequests {
    private OllamaRequests() {}

    /** Empty when nothing is asked: then the model shall only be loaded, or unloaded. */
    static Optional<ModelRequest> of(OllamaChatBody body, Target target, Duration timeout) {
        if (body.messages() == null || body.messages().isEmpty()) {
            return Optional.empty();
        }
        rejectThinking(body.think());
        reject(Boolean.TRUE.equals(body.logprobs()), "logprobs", "false");
        List<ChatMessage> messages = target.withInstructions(OllamaMessageReader.of(body.messages()));
        return Optional.of(
                RequestInputs.validated(() -> ModelRequest.of(messages, OllamaOptions.sampling(body.options()), timeout)
                        .withTools(RequestInputs.tools(body.tools()), ToolChoice.Free.AUTO)
                        .withFormat(format(body.format()))));
    }

    /** Empty as above. */
    static Optional<ModelRequest> of(OllamaGenerateBody body, Target target, Duration timeout) {
        String prompt = body.prompt();
        if (prompt == null || prompt.isEmpty()) {
            return Optional.empty();
        }
        rejectUnsupported(body);
        ChatMessage user = new ChatMessage.User(prompt);
        String system = body.system();
        List<ChatMessage> messages = target.withInstructions(
                system == null || system.isEmpty()
                        ? List.of(user)
                        : List.of(new ChatMessage.Instructions(system), user));
        return Optional.of(
                RequestInputs.validated(() -> ModelRequest.of(messages, OllamaOptions.sampling(body.options()), timeout)
                        .withFormat(format(body.format()))));
    }

    private static void rejectUnsupported(OllamaGenerateBody body) {
        rejectThinking(body.think());
        reject(Boolean.TRUE.equals(body.logprobs()), "logprobs", "false");
        reject(isPresent(body.suffix()), "suffix", "an empty one");
        reject(isPresent(body.template()), "template", "an empty one");
        reject(Boolean.TRUE.equals(body.raw()), "raw", "false");
        reject(RequestInputs.isPresent(body.context()), "context", "an empty one; send the conversation to /api/chat");
        OllamaMessageReader.rejectImages(body.images(), "images");
    }

    /** Providers' replies carry no thinking here. */
    private static void rejectThinking(@Nullable JsonNode think) {
        boolean isWanted = think != null && !think.isNull() && think.asBoolean(true);
        reject(isWanted, "think", "false");
    }

    private static void reject(boolean wanted, String parameter, String expected) {
        if (wanted) {
            throw RequestProblem.unsupported(parameter, "something else", expected);
        }
    }

    private static boolean isPresent(@Nullable String text) {
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
