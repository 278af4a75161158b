package dev.polyphony.agents;

import java.util.List;

/**
 * An agent as others see it.
 *
 * @param id its identifier
 * @param name how people call it
 * @param instructions what every model it asks is told first
 * @param capabilities what it can do, in single words joined by underscores
 */
public record AgentProfile(AgentId id, String name, String instructions, List<String> capabilities) {}
