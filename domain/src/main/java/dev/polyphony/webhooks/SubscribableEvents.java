package dev.polyphony.webhooks;

import dev.polyphony.shared.Rejection;
import java.util.List;

/** The event names that an endpoint may subscribe to. Internal events are not among them and never leave the server. */
public final class SubscribableEvents {
    /** Stands for every name in {@link #NAMES}. */
    public static final String ALL = "*";

    /** In the order of the documentation; those of workflows and budgets are published today, the others by later capabilities. */
    public static final List<String> NAMES = List.of(
            "workflow.started",
            "workflow.step.completed",
            "workflow.completed",
            "workflow.failed",
            "budget.exhausted",
            "task.created",
            "task.started",
            "task.progress",
            "task.completed",
            "task.failed",
            "task.cancelled",
            "agent.error",
            "system.alert");

    private static final int MAX_PER_ENDPOINT = 50;
    private static final int SHOWN = 100;

    private SubscribableEvents() {}

    /** The same names, each once. Refuses none, too many, and any that is not accepted. */
    static List<String> check(List<String> names) {
        if (names.isEmpty() || names.size() > MAX_PER_ENDPOINT) {
            throw refusal("a webhook subscribes to 1 to 50 events, not " + names.size(), names.size() + " names");
        }
        names.stream()
                .filter(name -> !ALL.equals(name) && !NAMES.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    String shown = name.length() > SHOWN ? name.substring(0, SHOWN) + "…" : name;
                    throw refusal("there is no event named '" + shown + "'", shown);
                });
        return names.stream().distinct().toList();
    }

    private static Rejection refusal(String sentence, String provided) {
        String accepted = String.join(", ", NAMES) + ", or " + ALL + " for all of them";
        return WebhookProblem.WEBHOOK_INVALID
                .because(sentence + "; use " + accepted)
                .about("events", provided, accepted);
    }
}
