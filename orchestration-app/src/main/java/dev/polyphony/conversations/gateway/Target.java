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
 * Who serves the model that a request names.
 *
 * @param model the name, as the caller wrote it
 * @param providers those that may be asked; empty for all
 * @param agent the agent that the name stands for; null when it is none
 */
public record Target(
        String model, Set<String> providers, @Nullable AgentProfile agent) {
    /** The conversation behind the agent's instructions. */
    public List<ChatMessage> withInstructions(List<ChatMessage> conversation) {
        if (agent == null || agent.instructions().isEmpty()) {
            return conversation;
        }
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(new ChatMessage.Instructions(agent.instructions()));
        messages.addAll(conversation);
        return List.copyOf(messages);
    }

    RouteOptions options(TenantId tenant, Duration deadline) {
        String agentId = agent == null ? null : agent.id().value();
        return RouteOptions.within(deadline).only(providers).spentBy(new Spender(tenant, agentId, null));
    }
}
