package dev.polyphony.conversations.gateway;

import dev.polyphony.agents.AgentProfile;
import dev.polyphony.budgets.Spender;
import dev.polyphony.providers.RouteOptions;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.shared.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a model's name stands for.
 *
 * @param model the name, as the caller wrote it
 * @param providers who may be asked; empty for everybody
 * @param agent on whose behalf; null when it is no agent
 */
public record Target(
        String model, Set<String> providers, @Nullable AgentProfile agent) {
    /** The conversation, after what the agent's models are told first. */
    public List<ChatMessage> opening(List<ChatMessage> conversation) {
        if (agent == null || agent.instructions().isEmpty()) {
            return conversation;
        }
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(new ChatMessage.Instructions(agent.instructions()));
        messages.addAll(conversation);
        return List.copyOf(messages);
    }

    RouteOptions options(TenantId tenant, Duration deadline) {
        String asking = agent == null ? null : agent.id().value();
        return RouteOptions.within(deadline).only(providers).spentBy(new Spender(tenant, asking, null));
    }
}
