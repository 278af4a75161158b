package dev.polyphony.providers;

import dev.polyphony.budgets.Spender;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one request is routed.
 *
 * @param allowed names of the providers that may be asked; empty means all, and names that nobody has are ignored
 * @param strategy in which order they are asked; null for the configured one
 * @param deadline the longest that all attempts and the pauses between them may take together, 1 ms to 24 h
 * @param spender for whom it is done, whose budgets count it; null when it is nobody in particular
 * @param fields how the caller's request names each message, in their order; blank for one that this server wrote, and empty
 *     when it wrote all of them
 */
public record RouteOptions(
        Set<String> allowed,
        @Nullable RoutingStrategy strategy,
        Duration deadline,
        @Nullable Spender spender,
        List<String> fields) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    public RouteOptions {
        allowed = Set.copyOf(allowed);
        fields = List.copyOf(fields);
        if (deadline.compareTo(SHORTEST) < 0 || deadline.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("deadline is 1 ms to 24 h, not " + deadline);
        }
    }

    /** Any provider, in the configured order. */
    public static RouteOptions within(Duration deadline) {
        return new RouteOptions(Set.of(), null, deadline, null, List.of());
    }

    /** The same, but only these providers. */
    public RouteOptions only(Set<String> names) {
        return new RouteOptions(names, strategy, deadline, spender, fields);
    }

    /** The same in another order. */
    public RouteOptions by(@Nullable RoutingStrategy other) {
        return new RouteOptions(allowed, other, deadline, spender, fields);
    }

    /** The same, done for somebody. */
    public RouteOptions spentBy(Spender other) {
        return new RouteOptions(allowed, strategy, deadline, other, fields);
    }

    /** The same, with the caller's own names of the messages. */
    public RouteOptions sentAs(List<String> names) {
        return new RouteOptions(allowed, strategy, deadline, spender, names);
    }
}
