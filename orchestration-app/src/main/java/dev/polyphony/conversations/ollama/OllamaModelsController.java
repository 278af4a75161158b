package dev.polyphony.conversations.ollama;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polyphony.conversations.gateway.JsonOnly;
import dev.polyphony.conversations.gateway.ModelResolver;
import dev.polyphony.conversations.gateway.ModelResolver.AvailableModel;
import dev.polyphony.conversations.gateway.RequestProblem;
import dev.polyphony.platform.openapi.ErrorCase;
import dev.polyphony.platform.security.RequiredScope;
import dev.polyphony.platform.web.WithoutIdempotencyKey;
import dev.polyphony.providers.Capability;
import dev.polyphony.providers.management.ProviderView;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Describes models to Ollama's clients. Requests to change them are refused. */
@RestController
@Tag(name = "Ollama")
@JsonOnly
@RequestMapping("/ollama/api")
class OllamaModelsController {
    private final ModelResolver models;
    private final OllamaNames names;
    private final BuildProperties build;

    OllamaModelsController(ModelResolver models, OllamaNames names, BuildProperties build) {
        this.models = models;
        this.names = names;
        this.build = build;
    }

    /**
     * Models and agents.
     *
     * @param models each of them
     */
    record OllamaModels(List<OllamaModel> models) {}

    /**
     * A model or an agent.
     *
     * @param name the name that a request gives as {@code model}
     * @param model the same
     * @param remoteModel as its vendor names it; absent when the router chooses
     * @param details what Ollama tells of models that it runs itself
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OllamaModel(String name, String model, @Nullable String remoteModel, OllamaDetails details) {
        static OllamaModel of(AvailableModel model) {
            return new OllamaModel(model.name(), model.name(), remote(model.provider()), OllamaDetails.UNKNOWN);
        }
    }

    /**
     * Unknown; Ollama itself leaves them empty for models that it does not run.
     *
     * @param parentModel empty
     * @param format empty
     * @param family empty
     * @param families empty
     * @param parameterSize empty
     * @param quantizationLevel empty
     */
    record OllamaDetails(
            String parentModel,
            String format,
            String family,
            List<String> families,
            String parameterSize,
            String quantizationLevel) {
        static final OllamaDetails UNKNOWN = new OllamaDetails("", "", "", List.of(), "", "");
    }

    /**
     * Which model to show.
     *
     * @param model a name that the list of models has
     */
    @Schema(name = "OllamaShowRequest")
    record OllamaShowBody(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String model) {}

    /**
     * What is known of a model.
     *
     * @param details what Ollama tells of models that it runs itself
     * @param modelInfo facts about it
     * @param capabilities what it can do: {@code completion}, {@code tools}, {@code embedding}
     * @param remoteModel as its vendor names it; absent when the router chooses
     */
    @Schema(name = "OllamaModelInfo")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OllamaShown(
            OllamaDetails details,
            OllamaModelFacts modelInfo,
            List<String> capabilities,
            @Nullable String remoteModel) {}

    /**
     * Facts about a model.
     *
     * @param name its title
     * @param contextLength tokens that a request and its reply may have together; absent when not known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OllamaModelFacts(
            @JsonProperty("general.name") String name,

            @JsonProperty("general.context_length") @Nullable
            Integer contextLength) {}

    /**
     * The version of this server.
     *
     * @param version such as 0.1.0
     */
    record OllamaVersion(@Nullable String version) {}

    /** Lists the models and agents for Ollama's clients. */
    @GetMapping("/tags")
    @RolesAllowed("USER")
    @RequiredScope("models:read")
    OllamaModels ollamaListModels() {
        return new OllamaModels(models.all().stream().map(OllamaModel::of).toList());
    }

    /** Lists the models that are loaded. Always none: no model is loaded for one request and unloaded after another. */
    @GetMapping("/ps")
    @RolesAllowed("USER")
    @RequiredScope("models:read")
    OllamaModels ollamaListRunningModels() {
        return new OllamaModels(List.of());
    }

    /** Shows one model to Ollama's clients. */
    @PostMapping("/show")
    @WithoutIdempotencyKey("It only reads.")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such model; list those that there are.")
    @RolesAllowed("USER")
    @RequiredScope("models:read")
    OllamaShown ollamaShowModel(@RequestBody OllamaShowBody body) {
        AvailableModel model = names.find(body.model());
        ProviderView provider = model.provider();
        return new OllamaShown(
                OllamaDetails.UNKNOWN,
                new OllamaModelFacts(
                        provider == null ? model.name() : provider.title(),
                        provider == null ? null : provider.contextTokens()),
                capabilities(models.capabilities(model)),
                remote(provider));
    }

    private static @Nullable String remote(@Nullable ProviderView provider) {
        return provider == null ? null : provider.model();
    }

    private static List<String> capabilities(Set<Capability> ours) {
        Stream<String> more = ours.stream().flatMap(OllamaModelsController::capability);
        return Stream.concat(Stream.of("completion"), more).toList();
    }

    /** Ollama has no names for the others. */
    private static Stream<String> capability(Capability capability) {
        return switch (capability) {
            case TOOLS -> Stream.of("tools");
            case EMBEDDINGS -> Stream.of("embedding");
            case TOOL_CHOICE, JSON, SEED, PENALTIES -> Stream.empty();
        };
    }

    /** Shows the version. Ours: Ollama's would promise what is not here. */
    @GetMapping("/version")
    @RolesAllowed("USER")
    @RequiredScope("models:read")
    OllamaVersion ollamaGetVersion() {
        return new OllamaVersion(build.getVersion());
    }

    @Hidden // a description of the API names what works
    @WithoutIdempotencyKey("It is always refused.")
    @RequestMapping(
            path = {"/pull", "/push", "/create", "/copy", "/delete", "/blobs/{digest}"},
            method = {RequestMethod.POST, RequestMethod.DELETE, RequestMethod.HEAD})
    @RolesAllowed("USER")
    @RequiredScope("models:admin")
    void manage(HttpServletRequest request) {
        throw RequestProblem.MODELS_NOT_MANAGED.because(
                "Models are not managed here, so there is no %s: they are what the server's providers are configured for."
                        .formatted(request.getRequestURI()));
    }
}
