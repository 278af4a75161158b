package dev.polyphony.conversations.openai;

import dev.polyphony.agents.AgentProfile;
import dev.polyphony.providers.RouteOptions;
import dev.polyphony.shared.TenantId;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a model's name stands for.
 *
 * @param model the name, as the caller wrote it
 * @param providers who may be asked; empty for everybody
 * @param agent on whose behalf; null when it is no agent
 */
record Target(String model, Set<String> providers, @Nullable AgentProfile agent) {
    String instructions() {
        return agent == null ? "" : agent.instructions();
    }

    RouteOptions options(TenantId tenant, Duration deadline) {
        String asking = agent == null ? null : agent.id().value();
        return RouteOptions.within(deadline).only(providers).spentBy(new RouteOptions.Spender(tenant, asking, null));
    }
}
