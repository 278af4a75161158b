package dev.polyphony.providers.web;

import dev.polyphony.platform.openapi.ErrorCase;
import dev.polyphony.platform.security.RequiredScope;
import dev.polyphony.platform.web.Idempotent;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.management.ProviderCommand.ConfigureProvider;
import dev.polyphony.providers.management.ProviderId;
import dev.polyphony.providers.management.ProviderOverrides;
import dev.polyphony.providers.management.ProviderOverridesFollowed;
import dev.polyphony.providers.management.ProviderQueries;
import dev.polyphony.providers.management.ProviderTests;
import dev.polyphony.providers.management.ProviderView;
import dev.polyphony.providers.web.ProviderReplies.Configured;
import dev.polyphony.providers.web.ProviderReplies.Details;
import dev.polyphony.providers.web.ProviderReplies.ListReply;
import dev.polyphony.providers.web.ProviderReplies.StatusReply;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the providers of the node that answers, tries them, and changes how they are asked on all nodes. */
@RestController
@Tag(name = "Providers", description = "Vendors of models: how they fare, and how they are asked.")
@RequestMapping("/api/v1/ai-providers")
class ProviderController {
    private final CommandGateway commands;
    private final ModelRouter models;
    private final ProviderQueries providers;
    private final ProviderOverridesFollowed decisions;
    private final ProviderTests tests;

    ProviderController(
            CommandGateway commands,
            ModelRouter models,
            ProviderQueries providers,
            ProviderOverridesFollowed decisions,
            ProviderTests tests) {
        this.commands = commands;
        this.models = models;
        this.providers = providers;
        this.decisions = decisions;
        this.tests = tests;
    }

    /**
     * What is to change about how a provider is asked. What is absent or null stays as it is; at least one field is given.
     *
     * @param priority lower is asked earlier, 0 to 1000000
     * @param timeout the longest that one attempt may take, 1 to 86400 seconds
     * @param enabled whether it is asked, where it has its key
     * @param maxRetries how often one request may ask it again before the next provider is asked, 0 to 10
     */
    @Schema(name = "ProviderSettingsChange")
    record ConfigurationBody(
            @Schema(minimum = "0", maximum = "1000000") @Nullable
            Integer priority,

            @Schema(minimum = "1", maximum = "86400") @Nullable
            Integer timeout,

            @Nullable Boolean enabled,
            @Schema(minimum = "0", maximum = "10") @Nullable Integer maxRetries) {}

    /** Lists the providers. In the order in which they are asked, each with its health as this node sees it. */
    @GetMapping
    @RolesAllowed("USER")
    @RequiredScope("providers:read")
    ListReply listProviders() {
        decisions.awaitOwn();
        return ListReply.of(providers.all(), tests, models.providers(), providers.strategy());
    }

    /** Shows the state of every provider. The short form of the list. */
    @GetMapping("/status")
    @RolesAllowed("USER")
    @RequiredScope("providers:read")
    StatusReply getProviderStatus() {
        decisions.awaitOwn();
        return StatusReply.of(providers.all(), providers.strategy());
    }

    /**
     * Shows one provider. With its settings and what was measured of it since this node started.
     *
     * @param name the provider's configured name
     */
    @GetMapping("/{name}")
    @ErrorCase(
            status = HttpStatus.NOT_FOUND,
            when = "There is no provider of that name; the body lists those that there are.")
    @RolesAllowed("USER")
    @RequiredScope("providers:read")
    Details getProvider(@Parameter(example = "embedded") @PathVariable String name) {
        decisions.awaitOwn();
        return Details.of(view(name));
    }

    /**
     * Changes how a provider is asked. On all nodes, at once and for good; what is absent or null stays as it is.
     *
     * @param name the provider's configured name
     */
    @PutMapping("/{name}/config")
    @ErrorCase(
            status = HttpStatus.NOT_FOUND,
            when = "There is no provider of that name; the body lists those that there are.")
    @RolesAllowed("OPERATOR")
    @RequiredScope("providers:admin")
    Configured configureProvider(
            @Parameter(example = "embedded") @PathVariable String name, @RequestBody ConfigurationBody body) {
        view(name);
        ProviderOverrides decided = commands.sendAndWait(new ConfigureProvider(
                new ProviderId(name),
                new ProviderOverrides(body.priority(), body.timeout(), body.enabled(), body.maxRetries())));
        decisions.awaitOwn();
        ProviderView view = view(name);
        return Configured.of(view, decisions.settings(name, decided).orElse(view.settings()));
    }

    /**
     * Tries a provider. Lists its models, asks it a question, and says step by step what works; a provider that fails is answered with 200
     * too.
     *
     * @param name the provider's configured name
     */
    @PostMapping("/{name}/test")
    @ErrorCase(
            status = HttpStatus.NOT_FOUND,
            when = "There is no provider of that name; the body lists those that there are.")
    @Idempotent
    @RolesAllowed("OPERATOR")
    @RequiredScope("providers:admin")
    Tested testProvider(@Parameter(example = "embedded") @PathVariable String name) {
        view(name);
        return Tested.of(name, tests.run(name));
    }

    private ProviderView view(String name) {
        return providers.find(name).orElseThrow(() -> {
            List<ProviderView> all = providers.all();
            return ProviderProblem.PROVIDER_UNKNOWN.because("There is no provider '%s'; there are: %s."
                    .formatted(name, all.stream().map(ProviderView::name).collect(Collectors.joining(", "))));
        });
    }
}
