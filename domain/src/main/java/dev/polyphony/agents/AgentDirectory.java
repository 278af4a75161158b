package dev.polyphony.agents;

import dev.polyphony.shared.ServerWide;
import java.util.List;
import java.util.Optional;

/** Finds agents. */
@ServerWide("the agents that are built in are everybody's")
public interface AgentDirectory {
    Optional<AgentProfile> find(AgentId id);

    /** In the order in which people should see them. */
    List<AgentProfile> all();
}
