package dev.polyphony.identity.limits;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.polyphony.identity.Tier;
import java.util.EnumMap;
import java.util.Map;

/** Values of limits. Those that are missing are decided elsewhere. */
public record Limits(@JsonValue Map<Limit, Long> values) {
    /**
     * Where a document says "unlimited" or "custom": so many that nobody reaches them, and still a number that the headers of an
     * answer can tell.
     */
    public static final long CEILING = 10_000_000;

    /** The most that a value may be. */
    public static final long MAX = 1_000_000_000_000L;

    public static final Limits NONE = new Limits(Map.of());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Limits {
        values.forEach((limit, value) -> {
            if (value == null || value < 1 || value > MAX) {
                throw new IllegalArgumentException("%s is 1 to %d, not %s".formatted(limit.wireName(), MAX, value));
            }
        });
        values = Map.copyOf(values);
    }

    /** What the documents promise to a tier. */
    public static Limits of(Tier tier) {
        return switch (tier) {
            case FREE -> tier(100, new long[] {100, 10, 2}, new long[] {60, 1_000}, new long[] {10, 32 << 20});
            case BASIC -> tier(100, new long[] {1_000, 50, 10}, new long[] {60, 1_000}, new long[] {50, 64 << 20});
            case PRO -> tier(1_000, new long[] {10_000, 200, 50}, new long[] {200, 5_000}, new long[] {200, 256 << 20});
            case ENTERPRISE ->
                tier(CEILING, new long[] {CEILING, CEILING, CEILING}, new long[] {500, 10_000}, new long[] {CEILING, MAX
                        })
                        .with(workflows(CEILING, CEILING, CEILING, CEILING));
        };
    }

    private static Limits tier(long stateSet, long[] amas, long[] aiVillage, long[] node) {
        return new Limits(Map.of(
                        Limit.STATESET_PER_MINUTE, stateSet,
                        Limit.AMAS_PER_HOUR, amas[0],
                        Limit.AMAS_BURST, amas[1],
                        Limit.CONCURRENT_TASKS, amas[2],
                        Limit.AIVILLAGE_PER_MINUTE, aiVillage[0],
                        Limit.AIVILLAGE_PER_HOUR, aiVillage[1],
                        Limit.CONCURRENT_REQUESTS, node[0],
                        Limit.BODY_BYTES_IN_FLIGHT, node[1]))
                .with(workflows(10, 5, 20, 30));
    }

    private static Limits workflows(long orchestrator, long selfImprover, long issueResponder, long providers) {
        return new Limits(Map.of(
                Limit.ORCHESTRATOR_PER_MINUTE, orchestrator,
                Limit.SELF_IMPROVER_PER_MINUTE, selfImprover,
                Limit.ISSUE_RESPONDER_PER_MINUTE, issueResponder,
                Limit.PROVIDER_MANAGEMENT_PER_MINUTE, providers));
    }

    /** These, where the others say nothing else. */
    public Limits with(Limits others) {
        if (others.values.isEmpty()) {
            return this;
        }
        Map<Limit, Long> all = new EnumMap<>(Limit.class);
        all.putAll(values);
        all.putAll(others.values);
        return new Limits(all);
    }

    /** @throws IllegalStateException when it is missing */
    public long get(Limit limit) {
        Long value = values.get(limit);
        if (value == null) {
            throw new IllegalStateException("there is no value of " + limit.wireName());
        }
        return value;
    }

    /** By their names on the wire. */
    public Map<String, Long> byName() {
        return values.entrySet().stream()
                .collect(toUnmodifiableMap(entry -> entry.getKey().wireName(), Map.Entry::getValue));
    }
}
