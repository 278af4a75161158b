package dev.polyphony.conversations.openai;

import dev.polyphony.conversations.gateway.Gateway;
import dev.polyphony.conversations.gateway.Gateway.Result;
import dev.polyphony.conversations.gateway.JsonOnly;
import dev.polyphony.conversations.gateway.ModelResolver;
import dev.polyphony.conversations.gateway.ModelResolver.AvailableModel;
import dev.polyphony.conversations.gateway.Target;
import dev.polyphony.conversations.openai.ChatReplies.Completion;
import dev.polyphony.identity.Caller;
import dev.polyphony.platform.web.LargeBody;
import dev.polyphony.providers.Embeddings;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The router for every client that speaks OpenAI's interface. */
@RestController
@JsonOnly
@RequestMapping("/openai/v1")
class OpenAiController {
    private final ChatCompletions completions;
    private final Gateway gateway;
    private final ModelResolver models;

    OpenAiController(ChatCompletions completions, Gateway gateway, ModelResolver models) {
        this.completions = completions;
        this.gateway = gateway;
        this.models = models;
    }

    record ModelList(String object, List<Model> data) {}

    /** @param created always 0: providers do not publish it */
    record Model(String id, String object, long created, String ownedBy) {
        static Model of(AvailableModel model) {
            return new Model(model.name(), "model", 0, model.owner());
        }
    }

    /** Returns null when the reply was streamed or the client has disconnected. */
    @PostMapping("/chat/completions")
    @LargeBody
    @RolesAllowed("USER")
    @Nullable
    Completion chat(
            @RequestBody ChatBody body, Caller caller, HttpServletRequest request, HttpServletResponse response) {
        return gateway.whileConnected(request, monitor -> {
            if (!body.streams()) {
                return completions.complete(body, caller, response);
            }
            completions.stream(body, caller, response, monitor);
            return null;
        });
    }

    /** Returns null when the client has disconnected. */
    @PostMapping("/embeddings")
    @LargeBody
    @RolesAllowed("USER")
    @Nullable
    EmbeddingReply embed(
            @RequestBody EmbeddingBody body, Caller caller, HttpServletRequest request, HttpServletResponse response) {
        body.rejectDimensions();
        boolean asBase64 = body.asBase64();
        List<String> texts = body.texts();
        Target target = models.target(body.model());
        return gateway.whileConnected(request, _ -> {
            Result<Embeddings> result = gateway.embed(texts, target, caller, response);
            return EmbeddingReply.of(target.model(), result.reply(), asBase64);
        });
    }

    @GetMapping("/models")
    @RolesAllowed("USER")
    ModelList models() {
        return new ModelList("list", models.all().stream().map(Model::of).toList());
    }

    @GetMapping("/models/{id}")
    @RolesAllowed("USER")
    Model model(@PathVariable String id) {
        return Model.of(models.find(id));
    }
}
