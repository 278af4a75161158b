package dev.polyphony.conversations.ollama;

import dev.polyphony.platform.errors.ApiDialect;
import dev.polyphony.platform.errors.ApiError;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Errors in Ollama's form: a sentence. */
@Component
final class OllamaDialect implements ApiDialect {
    /**
     * An error in Ollama's form.
     *
     * @param error what went wrong, in a sentence
     */
    record OllamaError(String error) {}

    @Override
    public String basePath() {
        return "/ollama/";
    }

    @Override
    public Object body(ApiError error, String requestId, Instant now) {
        return new OllamaError(error.message());
    }
}
