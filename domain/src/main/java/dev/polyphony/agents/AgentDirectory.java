package dev.polyphony.agents;

import java.util.Optional;

/** Finds agents. */
public interface AgentDirectory {
    Optional<AgentProfile> find(AgentId id);
}
