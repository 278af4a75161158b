package dev.polyphony.conversations.openai;

import dev.polyphony.agents.AgentDirectory;
import dev.polyphony.agents.AgentId;
import dev.polyphony.agents.AgentProfile;
import dev.polyphony.providers.board.ProviderBoard;
import dev.polyphony.providers.board.ProviderCard;
import dev.polyphony.shared.Rejection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The names that stand for models here: {@code auto}, providers, and agents as {@code agent:<id>}. */
@Component
class Models {
    static final String AUTO = "auto";
    private static final String AGENT = "agent:";
    private static final int LONGEST_ID = 100;

    private final ProviderBoard board;
    private final AgentDirectory agents;

    Models(ProviderBoard board, AgentDirectory agents) {
        this.board = board;
        this.agents = agents;
    }

    /**
     * One name, in OpenAI's form.
     *
     * @param created always 0: nobody tells when a model was made
     */
    record Model(String id, String object, long created, String ownedBy) {
        static Model of(String id, String owner) {
            return new Model(id, "model", 0, owner);
        }
    }

    /** The names that can be asked now. */
    List<Model> all() {
        return Stream.of(
                        Stream.of(Model.of(AUTO, "polyphony")),
                        board.all().stream()
                                .filter(card -> card.settings().enabled())
                                .map(card -> Model.of(card.name(), card.title())),
                        agents.all().stream().map(agent -> Model.of(AGENT + agent.id(), "polyphony")))
                .flatMap(models -> models)
                .toList();
    }

    Model find(String name) {
        return all().stream()
                .filter(model -> model.id().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    /** Whom to ask for this name; a provider that is switched off is not there. */
    Target target(@Nullable String name) {
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

    private Rejection unknown(String name) {
        String why = board.find(name)
                .map(ProviderCard::reason)
                .map(reason -> "'%s' is not asked: %s".formatted(name, reason))
                .orElse("The model '%s' does not exist".formatted(name));
        return RequestProblem.MODEL_NOT_FOUND
                .because(why + ". There are: " + names() + ".")
                .about("model", name, names());
    }

    private String names() {
        return all().stream().map(Model::id).collect(Collectors.joining(", "));
    }
}
