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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The names that stand for models here: {@code auto}, providers, and agents as {@code agent:<id>}. */
@Component
public class ModelResolver {
    private static final String AUTO = "auto";
    private static final String AGENT = "agent:";
    private static final int LONGEST_ID = 100;

    private final ProviderQueries board;
    private final AgentDirectory agents;

    ModelResolver(ProviderQueries board, AgentDirectory agents) {
        this.board = board;
        this.agents = agents;
    }

    /**
     * One name.
     *
     * @param owner who stands behind it, as people call them
     * @param provider the only one who is asked; null when the router chooses
     */
    public record Offer(String name, String owner, @Nullable ProviderView provider) {
        private static Offer ours(String name) {
            return new Offer(name, "polyphony", null);
        }
    }

    /** The names that can be asked now. */
    public List<Offer> all() {
        return Stream.of(
                        Stream.of(Offer.ours(AUTO)),
                        enabled().map(card -> new Offer(card.name(), card.title(), card)),
                        agents.all().stream().map(agent -> Offer.ours(AGENT + agent.id())))
                .flatMap(offers -> offers)
                .toList();
    }

    /** What can be asked of whoever the name stands for, beyond texts: of the router, all that anybody can do. */
    public Set<Capability> capabilities(Offer offer) {
        Stream<ProviderView> asked = offer.provider() == null ? enabled() : Stream.of(offer.provider());
        return asked.flatMap(card -> card.capabilities().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Capability.class)));
    }

    private Stream<ProviderView> enabled() {
        return board.all().stream().filter(card -> card.settings().enabled());
    }

    public Offer find(String name) {
        return all().stream()
                .filter(offer -> offer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    /** Whom to ask for this name; a provider that is switched off is not there. */
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
        return board.find(name)
                .filter(card -> card.settings().enabled())
                .map(card -> new Target(name, Set.of(card.name()), null))
                .orElseThrow(() -> unknown(name));
    }

    private Optional<AgentProfile> agent(String id) {
        return id.isBlank() || id.length() > LONGEST_ID ? Optional.empty() : agents.find(new AgentId(id));
    }

    private Rejection unknown(String asked) {
        String name = asked.length() <= LONGEST_ID ? asked : asked.substring(0, LONGEST_ID) + "…";
        String why = board.find(name)
                .map(ProviderView::reason)
                .map(reason -> "'%s' is not asked: %s".formatted(name, reason))
                .orElse("The model '%s' does not exist".formatted(name));
        return RequestProblem.MODEL_NOT_FOUND
                .because(why + ". There are: " + names() + ".")
                .about("model", name, names());
    }

    private String names() {
        return all().stream().map(Offer::name).collect(Collectors.joining(", "));
    }
}
