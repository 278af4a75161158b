package dev.polyphony.conversations.gateway;

import dev.polyphony.agents.AgentDirectory;
import dev.polyphony.agents.AgentId;
import dev.polyphony.agents.AgentProfile;
import dev.polyphony.providers.Capability;
import dev.polyphony.providers.management.ProviderQueries;
import dev.polyphony.providers.management.ProviderView;
import dev.polyphony.shared.Rejection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The names of models here: {@code auto}, providers, and agents as {@code agent:<id>}. */
@Component
public class ModelResolver {
    private static final String AUTO = "auto";
    private static final String AGENT = "agent:";
    private static final int MAX_ID_LENGTH = 100;

    private final ProviderQueries providers;
    private final AgentDirectory agents;

    ModelResolver(ProviderQueries providers, AgentDirectory agents) {
        this.providers = providers;
        this.agents = agents;
    }

    /**
     * A model that can be asked by name.
     *
     * @param owner the display name of whoever serves it
     * @param provider the only one that is asked; null when the router chooses
     */
    public record AvailableModel(
            String name, String owner, @Nullable ProviderView provider) {
        private static AvailableModel routed(String name) {
            return new AvailableModel(name, "polyphony", null);
        }
    }

    /** Those that can be asked now. */
    public List<AvailableModel> all() {
        return Stream.of(
                        Stream.of(AvailableModel.routed(AUTO)),
                        enabled().map(provider -> new AvailableModel(provider.name(), provider.title(), provider)),
                        agents.all().stream().map(agent -> AvailableModel.routed(AGENT + agent.id())))
                .flatMap(Function.identity())
                .toList();
    }

    /** Beyond plain chat; where the router chooses, those of all enabled providers together. */
    public Set<Capability> capabilities(AvailableModel model) {
        Stream<ProviderView> offering = model.provider() == null ? enabled() : Stream.of(model.provider());
        return offering.flatMap(provider -> provider.capabilities().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Capability.class)));
    }

    private Stream<ProviderView> enabled() {
        return providers.all().stream().filter(provider -> provider.settings().enabled());
    }

    public AvailableModel find(String name) {
        return all().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    /** Who serves this name; a disabled provider is unknown. */
    public Target target(@Nullable String name) {
        if (name == null || name.isBlank()) {
            throw RequestProblem.invalid("model", null, names());
        }
        if (name.equals(AUTO)) {
            return new Target(name, Set.of(), null);
        }
        if (name.startsWith(AGENT)) {
            AgentProfile agent = agent(name.substring(AGENT.length())).orElseThrow(() -> unknown(name));
            return new Target(name, Set.of(), agent);
        }
        return providers
                .find(name)
                .filter(provider -> provider.settings().enabled())
                .map(provider -> new Target(name, Set.of(provider.name()), null))
                .orElseThrow(() -> unknown(name));
    }

    private Optional<AgentProfile> agent(String id) {
        return id.isBlank() || id.length() > MAX_ID_LENGTH ? Optional.empty() : agents.find(new AgentId(id));
    }

    private Rejection unknown(String requested) {
        String name = requested.length() <= MAX_ID_LENGTH ? requested : requested.substring(0, MAX_ID_LENGTH) + "…";
        String why = providers
                .find(name)
                .map(ProviderView::reason)
                .map(reason -> "'%s' is not asked: %s".formatted(name, reason))
                .orElse("The model '%s' does not exist".formatted(name));
        return RequestProblem.MODEL_NOT_FOUND
                .because(why + ". There are: " + names() + ".")
                .about("model", name, names());
    }

    private String names() {
        return all().stream().map(AvailableModel::name).collect(Collectors.joining(", "));
    }
}
