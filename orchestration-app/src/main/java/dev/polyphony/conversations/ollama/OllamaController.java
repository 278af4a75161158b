package dev.polyphony.conversations.ollama;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polyphony.conversations.gateway.Gateway;
import dev.polyphony.conversations.gateway.Gateway.Result;
import dev.polyphony.conversations.gateway.JsonOnly;
import dev.polyphony.conversations.gateway.ModelErrors;
import dev.polyphony.conversations.gateway.RequestInputs;
import dev.polyphony.conversations.gateway.RequestProblem;
import dev.polyphony.conversations.gateway.StreamingResponse;
import dev.polyphony.conversations.gateway.Target;
import dev.polyphony.conversations.ollama.OllamaLines.OllamaLine;
import dev.polyphony.identity.Caller;
import dev.polyphony.platform.security.RequiredScope;
import dev.polyphony.platform.web.LargeBody;
import dev.polyphony.platform.web.WithoutIdempotencyKey;
import dev.polyphony.providers.Embeddings;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The router for every client that speaks Ollama's interface. A handler returns null when the reply was streamed or the client has disconnected. */
@RestController
@Tag(name = "Ollama", description = "Models and agents for every client that speaks Ollama's interface.")
@JsonOnly
@RequestMapping("/ollama/api")
class OllamaController {
    private final Gateway gateway;
    private final OllamaNames names;
    private final JsonMapper json;
    private final Clock clock;

    OllamaController(Gateway gateway, OllamaNames names, JsonMapper json, Clock clock) {
        this.gateway = gateway;
        this.names = names;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A request for embeddings.
     *
     * @param model a name that the list of models has
     * @param input a text, or an array of 1 to 2048 texts, none of them blank
     * @param dimensions null: the model has its own number
     */
    @Schema(name = "OllamaEmbedRequest")
    record OllamaEmbedBody(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String model,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            JsonNode input,

            @Nullable Integer dimensions) {}

    /**
     * Vectors, one for each text.
     *
     * @param model the model as the request named it
     * @param embeddings in the order of the texts
     * @param totalDuration in nanoseconds
     * @param promptEvalCount tokens read; absent where the provider does not count
     */
    @Schema(name = "OllamaEmbeddings")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OllamaVectors(
            String model,
            List<float[]> embeddings,
            long totalDuration,
            @Nullable Integer promptEvalCount) {}

    /**
     * A request for the embedding of one text.
     *
     * @param model a name that the list of models has
     * @param prompt the text, not blank
     */
    @Schema(name = "OllamaEmbeddingRequest")
    record OllamaPromptBody(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String model,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String prompt) {}

    /**
     * The vector of one text.
     *
     * @param embedding its numbers
     */
    @Schema(name = "OllamaEmbedding")
    record OllamaVector(List<Float> embedding) {
        static OllamaVector of(float[] numbers) {
            return new OllamaVector(
                    IntStream.range(0, numbers.length).mapToObj(i -> numbers[i]).toList());
        }
    }

    /** Answers a conversation. In one line for each piece while the reply arrives, unless {@code stream} is false. */
    @PostMapping("/chat")
    @WithoutIdempotencyKey("Nothing is created or kept, and the reply may be a stream.")
    @ApiResponse(
            responseCode = "200",
            description = "The reply.",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = OllamaLine.class)),
                @Content(mediaType = "application/x-ndjson", schema = @Schema(implementation = OllamaLine.class))
            })
    @ModelErrors
    @LargeBody
    @RolesAllowed("USER")
    @RequiredScope("models:write")
    @Nullable
    OllamaLine ollamaChat(
            @RequestBody OllamaChatBody body, Caller caller, HttpServletRequest request, HttpServletResponse response) {
        return answer(body, caller, request, response);
    }

    /** Answers one text. In one line for each piece while the reply arrives, unless {@code stream} is false. */
    @PostMapping("/generate")
    @WithoutIdempotencyKey("Nothing is created or kept, and the reply may be a stream.")
    @ApiResponse(
            responseCode = "200",
            description = "The reply.",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = OllamaLine.class)),
                @Content(mediaType = "application/x-ndjson", schema = @Schema(implementation = OllamaLine.class))
            })
    @ModelErrors
    @LargeBody
    @RolesAllowed("USER")
    @RequiredScope("models:write")
    @Nullable
    OllamaLine ollamaGenerate(
            @RequestBody OllamaGenerateBody body,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        return answer(body, caller, request, response);
    }

    private @Nullable OllamaLine answer(
            OllamaBody body, Caller caller, HttpServletRequest request, HttpServletResponse response) {
        long startNanos = System.nanoTime();
        Target target = names.target(body.model());
        OllamaLines lines = new OllamaLines(target.model(), body instanceof OllamaChatBody, startNanos, clock, json);
        Optional<ModelRequest> asked = body.toRequest(target, gateway.timeout());
        if (asked.isEmpty()) {
            return lines.loaded(body.keepAlive());
        }
        return gateway.whileConnected(request, monitor -> {
            if (Boolean.FALSE.equals(body.stream())) {
                Result<ModelReply> result = gateway.complete(asked.get(), target, caller, response);
                return lines.complete(result.reply(), result.trace());
            }
            StreamingResponse out = new StreamingResponse(response, MediaType.APPLICATION_NDJSON_VALUE, monitor);
            gateway.stream(asked.get(), target, caller, new OllamaStream(out, lines, json), response);
            return null;
        });
    }

    /** Computes the embeddings of texts for Ollama's clients. */
    @PostMapping("/embed")
    @WithoutIdempotencyKey("Nothing is created or kept.")
    @ModelErrors
    @LargeBody
    @RolesAllowed("USER")
    @RequiredScope("models:write")
    @Nullable
    OllamaVectors ollamaEmbed(
            @RequestBody OllamaEmbedBody body,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (body.dimensions() != null) {
            throw RequestProblem.unsupported(
                    "dimensions", body.dimensions().toString(), "the model's own number; leave it out");
        }
        return vectors(body.model(), RequestInputs.textsToEmbed(body.input()), caller, request, response);
    }

    /** Computes the embedding of one text. Ollama's older form; newer clients ask {@code /ollama/api/embed}. */
    @PostMapping("/embeddings")
    @WithoutIdempotencyKey("Nothing is created or kept.")
    @ModelErrors
    @LargeBody
    @RolesAllowed("USER")
    @RequiredScope("models:write")
    @Nullable
    OllamaVector ollamaEmbedPrompt(
            @RequestBody OllamaPromptBody body,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        String prompt = body.prompt();
        if (prompt == null || prompt.isBlank()) {
            throw RequestProblem.invalid("prompt", null, "a text that is not blank");
        }
        OllamaVectors embeddings = vectors(body.model(), List.of(prompt), caller, request, response);
        return embeddings == null
                ? null
                : OllamaVector.of(embeddings.embeddings().getFirst());
    }

    private @Nullable OllamaVectors vectors(
            @Nullable String model,
            List<String> texts,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        long startNanos = System.nanoTime();
        Target target = names.target(model);
        return gateway.whileConnected(request, _ -> {
            Embeddings embeddings =
                    gateway.embed(texts, target, caller, response).reply();
            return new OllamaVectors(
                    target.model(), embeddings.vectors(), System.nanoTime() - startNanos, embeddings.tokens());
        });
    }
}
