package dev.polyphony.agents;

import java.util.List;
import java.util.Optional;

/** Finds agents. */
public interface AgentDirectory {
    Optional<AgentProfile> find(AgentId id);

    /** In the order in which people should see them. */
    List<AgentProfile> all();
}
