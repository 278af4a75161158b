package dev.polyphony.conversations.ollama;

import dev.polyphony.conversations.gateway.Target;
import dev.polyphony.conversations.gateway.ToolBody;
import dev.polyphony.providers.ModelRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request for the next message of a conversation. Fields that are not here are ignored.
 *
 * @param model a name that the list of models has
 * @param messages the conversation, the oldest message first; without any, the model is only "loaded"
 * @param tools what the model may ask to be called
 * @param stream whether the reply comes in one line for each piece while it arrives; true when absent
 * @param keepAlive how long the model shall stay loaded, a duration such as {@code 5m} or a number of seconds; has no effect here
 * @param format {@code json}, or a JSON Schema
 * @param options how the reply is drawn
 * @param think false or null: no thinking is given
 * @param logprobs false: probabilities are not given
 */
@Schema(name = "OllamaChatRequest")
record OllamaChatBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String model,

        @Nullable List<@Nullable OllamaMessage> messages,
        @Nullable List<@Nullable ToolBody> tools,
        @Nullable Boolean stream,
        @Nullable JsonNode keepAlive,
        @Nullable JsonNode format,
        @Nullable OllamaOptions options,
        @Nullable JsonNode think,
        @Nullable Boolean logprobs)
        implements OllamaBody {
    @Override
    public Optional<ModelRequest> toRequest(Target target, Duration timeout) {
        return OllamaRequests.of(this, target, timeout);
    }
}
