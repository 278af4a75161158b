package dev.polyphony.conversations.ollama;

import dev.polyphony.conversations.gateway.Gateway.Told;
import dev.polyphony.conversations.gateway.Gateway;
import dev.polyphony.conversations.gateway.JsonOnly;
import dev.polyphony.conversations.gateway.RequestInputs;
import dev.polyphony.conversations.gateway.RequestProblem;
import dev.polyphony.conversations.gateway.StreamingResponse;
import dev.polyphony.conversations.gateway.Target;
import dev.polyphony.conversations.ollama.OllamaLines.OllamaLine;
import dev.polyphony.identity.Caller;
import dev.polyphony.providers.Embeddings;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import com.fasterxml.jackson.annotation.JsonInclude;
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

/** The router for every client that speaks Ollama's interface. What returns nothing was streamed, or its client is gone. */
@RestController
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

    /** @param input a text or a list of texts */
    record OllamaEmbedBody(
            @Nullable String model,
            @Nullable JsonNode input,
            @Nullable Integer dimensions) {}

    /**
     * @param totalDuration in nanoseconds
     * @param promptEvalCount tokens read; absent where the provider does not count
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OllamaVectors(
            String model,
            List<float[]> embeddings,
            long totalDuration,
            @Nullable Integer promptEvalCount) {}

    record OllamaPromptBody(
            @Nullable String model, @Nullable String prompt) {}

    record OllamaVector(List<Float> embedding) {
        static OllamaVector of(float[] numbers) {
            return new OllamaVector(
                    IntStream.range(0, numbers.length).mapToObj(i -> numbers[i]).toList());
        }
    }

    /** How a request is answered: what is asked, whom, and in which form. */
    private record Asked(ModelRequest request, Target target, OllamaLines lines, boolean streams) {}

    @PostMapping("/chat")
    @RolesAllowed("USER")
    @Nullable
    OllamaLine chat(
            @RequestBody OllamaChatBody body, Caller caller, HttpServletRequest request, HttpServletResponse response) {
        long begun = System.nanoTime();
        Target target = names.target(body.model());
        OllamaLines lines = new OllamaLines(target.model(), true, begun, clock, json);
        Optional<ModelRequest> question = OllamaRequests.of(body, target, gateway.timeout());
        return question.isEmpty()
                ? lines.loaded(body.keepAlive())
                : answer(new Asked(question.get(), target, lines, streams(body.stream())), caller, request, response);
    }

    @PostMapping("/generate")
    @RolesAllowed("USER")
    @Nullable
    OllamaLine generate(
            @RequestBody OllamaGenerateBody body,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        long begun = System.nanoTime();
        Target target = names.target(body.model());
        OllamaLines lines = new OllamaLines(target.model(), false, begun, clock, json);
        Optional<ModelRequest> question = OllamaRequests.of(body, target, gateway.timeout());
        return question.isEmpty()
                ? lines.loaded(body.keepAlive())
                : answer(new Asked(question.get(), target, lines, streams(body.stream())), caller, request, response);
    }

    private static boolean streams(@Nullable Boolean stream) {
        return !Boolean.FALSE.equals(stream);
    }

    private @Nullable OllamaLine answer(
            Asked asked, Caller caller, HttpServletRequest request, HttpServletResponse response) {
        return gateway.whileListening(request, endWatch -> {
            if (!asked.streams()) {
                Told<ModelReply> told = gateway.whole(asked.request(), asked.target(), caller, response);
                return asked.lines().whole(told.reply(), told.trail());
            }
            StreamingResponse out = new StreamingResponse(response, MediaType.APPLICATION_NDJSON_VALUE, endWatch);
            OllamaStream stream = new OllamaStream(out, asked.lines(), json);
            gateway.streamed(asked.request(), asked.target(), caller, stream, response);
            return null;
        });
    }

    @PostMapping("/embed")
    @RolesAllowed("USER")
    @Nullable
    OllamaVectors embed(
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

    /** What {@code /embed} has replaced. */
    @PostMapping("/embeddings")
    @RolesAllowed("USER")
    @Nullable
    OllamaVector embedPrompt(
            @RequestBody OllamaPromptBody body,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        String prompt = body.prompt();
        if (prompt == null || prompt.isBlank()) {
            throw RequestProblem.invalid("prompt", null, "a text that is not blank");
        }
        OllamaVectors made = vectors(body.model(), List.of(prompt), caller, request, response);
        return made == null ? null : OllamaVector.of(made.embeddings().getFirst());
    }

    private @Nullable OllamaVectors vectors(
            @Nullable String model,
            List<String> texts,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        long begun = System.nanoTime();
        Target target = names.target(model);
        return gateway.whileListening(request, _ -> {
            Embeddings made = gateway.embed(texts, target, caller, response).reply();
            return new OllamaVectors(target.model(), made.vectors(), System.nanoTime() - begun, made.tokens());
        });
    }
}
