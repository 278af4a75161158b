package dev.polyphony.webhooks;

import dev.polyphony.shared.Rejection;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * The event names that an endpoint may subscribe to. Internal events are not among them and never leave the server.
 *
 * @param names of the events that are marked as published, in order
 */
public record PublishedEvents(SequencedSet<String> names) {
    /** Stands for every name. */
    public static final String ALL = "*";

    private static final int MAX_PER_ENDPOINT = 50;
    private static final int SHOWN = 100;

    /** @param published what the events say of themselves */
    public static PublishedEvents of(Collection<String> published) {
        return new PublishedEvents(new LinkedHashSet<>(published));
    }

    public boolean contains(String name) {
        return names.contains(name);
    }

    /** The same names, each once. Refuses none, too many, and any that is not accepted. */
    public List<String> check(List<String> wanted) {
        if (wanted.isEmpty() || wanted.size() > MAX_PER_ENDPOINT) {
            throw refusal("a webhook subscribes to 1 to 50 events, not " + wanted.size(), wanted.size() + " names");
        }
        wanted.stream()
                .filter(name -> !ALL.equals(name) && !contains(name))
                .findFirst()
                .ifPresent(name -> {
                    String shown = name.length() > SHOWN ? name.substring(0, SHOWN) + "…" : name;
                    throw refusal("nothing publishes an event named '" + shown + "'", shown);
                });
        return wanted.stream().distinct().toList();
    }

    private Rejection refusal(String sentence, String provided) {
        String accepted = String.join(", ", names) + ", or " + ALL + " for all of them";
        return WebhookProblem.WEBHOOK_INVALID
                .because(sentence + "; use " + accepted)
                .about("events", provided, accepted);
    }
}
