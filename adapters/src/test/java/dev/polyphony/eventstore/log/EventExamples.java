package dev.polyphony.eventstore.log;

import dev.polyphony.eventstore.chain.EventContent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Events without a meaning. */
public final class EventExamples {
    private EventExamples() {}

    public static String someAggregate() {
        return "thing-" + UUID.randomUUID();
    }

    public static EventContent event(String aggregateId, long sequence) {
        return event(aggregateId, sequence, "{\"sequence\": " + sequence + "}");
    }

    public static EventContent event(String aggregateId, long sequence, String payload) {
        return new EventContent(
                UUID.randomUUID().toString(),
                "thing.happened",
                1,
                "thing",
                aggregateId,
                sequence,
                "acme",
                "key:ann",
                "req-1",
                "req-1",
                Instant.parse("2026-03-01T10:00:00.123456Z"),
                payload);
    }

    /** The first {@code count} events of a new aggregate. */
    public static List<EventContent> events(String aggregateId, int count) {
        return IntStream.range(0, count)
                .mapToObj(sequence -> event(aggregateId, sequence))
                .toList();
    }
}
