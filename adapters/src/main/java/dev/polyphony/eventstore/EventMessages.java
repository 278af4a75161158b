package dev.polyphony.eventstore;

import dev.polyphony.eventstore.chain.EventContent;
import dev.polyphony.eventstore.chain.StoredEvent;
import dev.polyphony.shared.MessageOrigin;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/** Events as Axon speaks of them, and as the log keeps them. */
public final class EventMessages {
    private final Serializer serializer;
    private final EventUpcaster upcasters;

    public EventMessages(Serializer serializer, EventUpcaster upcasters) {
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    EventContent content(EventMessage<?> message) {
        if (!(message instanceof DomainEventMessage<?> event)) {
            throw new IllegalArgumentException("only events of aggregates are stored, not " + message.getPayloadType());
        }
        SerializedObject<String> payload = event.serializePayload(serializer, String.class);
        return new EventContent(
                event.getIdentifier(),
                payload.getType().getName(),
                Integer.parseInt(payload.getType().getRevision()),
                event.getType(),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                origin(event, MessageOrigin.TENANT),
                origin(event, MessageOrigin.ACTOR),
                origin(event, MessageOrigin.CORRELATION_ID),
                origin(event, MessageOrigin.CAUSATION_ID),
                event.getTimestamp().truncatedTo(ChronoUnit.MICROS),
                payload.getData());
    }

    private static String origin(EventMessage<?> event, String key) {
        Object value = event.getMetaData().get(key);
        if (value == null) {
            throw new IllegalStateException(
                    event.getPayloadType() + " has no metadata '" + key + "': every event says where it comes from");
        }
        return value.toString();
    }

    static MetaData metaData(EventContent content) {
        return MetaData.from(Map.of(
                MessageOrigin.TENANT, content.tenant(),
                MessageOrigin.ACTOR, content.actor(),
                MessageOrigin.CORRELATION_ID, content.correlationId(),
                MessageOrigin.CAUSATION_ID, content.causationId()));
    }

    /** As followers see them; an upcaster may make none or several of one. */
    Iterator<TrackedEventMessage<?>> tracked(List<StoredEvent> events) {
        return EventUtils.upcastAndDeserializeTrackedEvents(
                        events.stream().map(UpcastableEvent::new), serializer, upcasters)
                .iterator();
    }

    /** As their aggregate sees them. */
    DomainEventStream ofAggregate(Stream<StoredEvent> events) {
        return EventStreamUtils.upcastAndDeserializeDomainEvents(
                events.map(UpcastableEvent::new), serializer, upcasters);
    }

    /** A stored event in the form that upcasters start from. */
    private record UpcastableEvent(StoredEvent event) implements DomainEventData<Object>, TrackedEventData<Object> {
        @SuppressWarnings("unchecked") // payload and metadata have to say one type and are of two
        private static final Class<Object> TEXT = (Class<Object>) (Class<?>) String.class;

        @Override
        public TrackingToken trackingToken() {
            return new GlobalSequenceTrackingToken(event.position());
        }

        @Override
        public String getType() {
            return event.content().aggregateType();
        }

        @Override
        public String getAggregateIdentifier() {
            return event.content().aggregateId();
        }

        @Override
        public long getSequenceNumber() {
            return event.content().sequence();
        }

        @Override
        public String getEventIdentifier() {
            return event.content().eventId();
        }

        @Override
        public Instant getTimestamp() {
            return event.content().occurredAt();
        }

        @Override
        public SerializedObject<Object> getPayload() {
            EventContent content = event.content();
            return new SimpleSerializedObject<>(
                    content.payload(),
                    TEXT,
                    new SimpleSerializedType(content.type(), String.valueOf(content.revision())));
        }

        /** The content, for {@link NamedEventSerializer} to look into when somebody asks. */
        @Override
        public SerializedObject<Object> getMetaData() {
            return new SerializedMetaData<>(event.content(), Object.class);
        }
    }
}
