package dev.polyphony.providers.web;

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
import dev.polyphony.providers.web.ProviderReplies.Tested;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the providers of the node that answers, tries them, and changes how they are asked on all nodes. */
@RestController
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
     * What is absent stays as it is.
     *
     * @param timeout in seconds
     */
    record ConfigurationBody(
            @Nullable Integer priority,
            @Nullable Integer timeout,
            @Nullable Boolean enabled,
            @Nullable Integer maxRetries) {}

    @GetMapping
    @RolesAllowed("USER")
    ListReply list() {
        decisions.awaitOwn();
        return ListReply.of(providers.all(), tests, models.providers(), providers.strategy());
    }

    @GetMapping("/status")
    @RolesAllowed("USER")
    StatusReply status() {
        decisions.awaitOwn();
        return StatusReply.of(providers.all(), providers.strategy());
    }

    @GetMapping("/{name}")
    @RolesAllowed("USER")
    Details details(@PathVariable String name) {
        decisions.awaitOwn();
        return Details.of(view(name));
    }

    @PutMapping("/{name}/config")
    @RolesAllowed("ADMIN")
    Configured configure(@PathVariable String name, @RequestBody ConfigurationBody body) {
        view(name);
        ProviderOverrides decided = commands.sendAndWait(new ConfigureProvider(
                new ProviderId(name),
                new ProviderOverrides(body.priority(), body.timeout(), body.enabled(), body.maxRetries())));
        decisions.awaitOwn();
        ProviderView view = view(name);
        return Configured.of(view, decisions.settings(name, decided).orElse(view.settings()));
    }

    @PostMapping("/{name}/test")
    @RolesAllowed("ADMIN")
    Tested test(@PathVariable String name) {
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
