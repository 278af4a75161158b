package dev.polyphony.conversations.ollama;

import dev.polyphony.conversations.gateway.Target;
import dev.polyphony.providers.ModelRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What requests for a reply have in common. */
sealed interface OllamaBody permits OllamaChatBody, OllamaGenerateBody {
    @Nullable
    String model();

    @Nullable
    Boolean stream();

    @Nullable
    JsonNode keepAlive();

    /** Empty when nothing is asked: then the model shall only be loaded, or unloaded. */
    Optional<ModelRequest> toRequest(Target target, Duration timeout);
}
