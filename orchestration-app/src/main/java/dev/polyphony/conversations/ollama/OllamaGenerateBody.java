package dev.polyphony.conversations.ollama;

import dev.polyphony.conversations.gateway.Target;
import dev.polyphony.providers.ModelRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request for the answer to one text. Fields that are not here are ignored.
 *
 * @param model a name that the list of models has
 * @param prompt the text to answer; without any, the model is only "loaded"
 * @param suffix null or empty: not supported
 * @param system instructions before the prompt
 * @param template null or empty: not supported
 * @param context null or empty: send the conversation to {@code /ollama/api/chat}
 * @param raw false: not supported
 * @param stream whether the reply comes in one line for each piece while it arrives; true when absent
 * @param keepAlive how long the model shall stay loaded, a duration such as {@code 5m} or a number of seconds; has no effect here
 * @param format {@code json}, or a JSON Schema
 * @param images null or empty: not supported
 * @param options how the reply is drawn
 * @param think false or null: no thinking is given
 * @param logprobs false: probabilities are not given
 */
@Schema(name = "OllamaGenerateRequest")
record OllamaGenerateBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String model,

        @Nullable String prompt,
        @Nullable String suffix,
        @Nullable String system,
        @Nullable String template,
        @Nullable JsonNode context,
        @Nullable Boolean raw,
        @Nullable Boolean stream,
        @Nullable JsonNode keepAlive,
        @Nullable JsonNode format,
        @Nullable JsonNode images,
        @Nullable OllamaOptions options,
        @Nullable JsonNode think,
        @Nullable Boolean logprobs)
        implements OllamaBody {
    @Override
    public Optional<ModelRequest> toRequest(Target target, Duration timeout) {
        return OllamaRequests.of(this, target, timeout);
    }
}
