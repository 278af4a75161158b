package dev.polyphony.conversations.gateway;

import dev.polyphony.agents.AgentProfile;
import dev.polyphony.budgets.Spender;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.RouteOptions;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.shared.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
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

    /** How the caller's request names each message: {@code messages[0].content} is the first that is not the agent's own. */
    List<String> fields(ModelRequest request) {
        int own = agent == null || agent.instructions().isEmpty() ? 0 : 1;
        return IntStream.range(-own, request.messages().size() - own)
                .mapToObj(i -> i < 0 ? "" : "messages[" + i + "].content")
                .toList();
    }

    RouteOptions options(TenantId tenant, Duration deadline) {
        String agentId = agent == null ? null : agent.id().value();
        return RouteOptions.within(deadline).only(providers).spentBy(new Spender(tenant, agentId, null));
    }
}
