package dev.polyphony.conversations.ollama;

import dev.polyphony.conversations.gateway.ModelResolver;
import dev.polyphony.conversations.gateway.ModelResolver.AvailableModel;
import dev.polyphony.conversations.gateway.RequestProblem;
import dev.polyphony.conversations.gateway.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The names of models, to which Ollama's clients may add {@code :latest}. */
@Component
class OllamaNames {
    private static final String LATEST = ":latest";

    private final ModelResolver models;

    OllamaNames(ModelResolver models) {
        this.models = models;
    }

    Target target(@Nullable String name) {
        return models.target(name == null ? null : plain(name));
    }

    AvailableModel find(@Nullable String name) {
        if (name == null) {
            throw RequestProblem.invalid("model", null, "a name that GET /api/tags lists");
        }
        return models.find(plain(name));
    }

    private static String plain(String name) {
        return name.endsWith(LATEST) ? name.substring(0, name.length() - LATEST.length()) : name;
    }
}
