package dev.polyphony.conversations.openai;

import dev.polyphony.conversations.gateway.Gateway;
import dev.polyphony.conversations.gateway.Gateway.Result;
import dev.polyphony.conversations.gateway.JsonOnly;
import dev.polyphony.conversations.gateway.ModelErrors;
import dev.polyphony.conversations.gateway.ModelResolver;
import dev.polyphony.conversations.gateway.ModelResolver.AvailableModel;
import dev.polyphony.conversations.gateway.Target;
import dev.polyphony.conversations.openai.ChatReplies.Completion;
import dev.polyphony.identity.Caller;
import dev.polyphony.platform.openapi.ErrorCase;
import dev.polyphony.platform.security.RequiredScope;
import dev.polyphony.platform.web.LargeBody;
import dev.polyphony.platform.web.WithoutIdempotencyKey;
import dev.polyphony.providers.Embeddings;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The router for every client that speaks OpenAI's interface. */
@RestController
@Tag(name = "OpenAI", description = "Models and agents for every client that speaks OpenAI's interface.")
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

    /**
     * The models and agents that a request may name.
     *
     * @param object {@code list}
     * @param data each of them
     */
    @Schema(name = "OpenAiModelList")
    record ModelList(String object, List<Model> data) {}

    /**
     * A model or an agent.
     *
     * @param id the name that a request gives as {@code model}
     * @param object {@code model}
     * @param created always 0: providers do not publish it
     * @param ownedBy who serves it
     */
    @Schema(name = "OpenAiModel")
    record Model(String id, String object, long created, String ownedBy) {
        static Model of(AvailableModel model) {
            return new Model(model.name(), "model", 0, model.owner());
        }
    }

    // Returns null when the reply was streamed or the client has disconnected.
    /** Answers a conversation. Complete, or as server-sent events while the reply arrives when {@code stream} is true; the last one is {@code [DONE]}. */
    @PostMapping("/chat/completions")
    @WithoutIdempotencyKey("Nothing is created or kept, and the reply may be a stream.")
    @ApiResponse(
            responseCode = "200",
            description = "The reply.",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = Completion.class)),
                @Content(mediaType = "text/event-stream", schema = @Schema(type = "string"))
            })
    @ModelErrors
    @LargeBody
    @RolesAllowed("USER")
    @RequiredScope("models:write")
    @Nullable
    Completion createChatCompletion(
            @RequestBody ChatBody body, Caller caller, HttpServletRequest request, HttpServletResponse response) {
        return gateway.whileConnected(request, monitor -> {
            if (!body.streams()) {
                return completions.complete(body, caller, response);
            }
            completions.stream(body, caller, response, monitor);
            return null;
        });
    }

    // Returns null when the client has disconnected.
    /** Computes the embeddings of texts. */
    @PostMapping("/embeddings")
    @WithoutIdempotencyKey("Nothing is created or kept.")
    @ApiResponse(
            responseCode = "200",
            description = "The vectors, in the order of the texts.",
            content = @Content(schema = @Schema(implementation = EmbeddingReply.class)))
    @ModelErrors
    @LargeBody
    @RolesAllowed("USER")
    @RequiredScope("models:write")
    @Nullable
    EmbeddingReply createEmbedding(
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

    /** Lists the models and agents that a request may name. */
    @GetMapping("/models")
    @RolesAllowed("USER")
    @RequiredScope("models:read")
    ModelList listOpenAiModels() {
        return new ModelList("list", models.all().stream().map(Model::of).toList());
    }

    /**
     * Shows one model.
     *
     * @param id the model's name, as the list has it
     */
    @GetMapping("/models/{id}")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such model; list those that there are.")
    @RolesAllowed("USER")
    @RequiredScope("models:read")
    Model getOpenAiModel(@Parameter(example = "auto") @PathVariable String id) {
        return Model.of(models.find(id));
    }
}
