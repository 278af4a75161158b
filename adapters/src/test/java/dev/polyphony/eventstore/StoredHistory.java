package dev.polyphony.eventstore;

import dev.polyphony.eventstore.crypto.EncryptedJson;
import dev.polyphony.eventstore.log.EventLog;
import dev.polyphony.eventstore.upcasters.Upcasters;
import dev.polyphony.postgres.TestDatabase;
import dev.polyphony.privacy.store.RememberedKeys;
import dev.polyphony.shared.MessageOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/** A history in a test database. Closing it ends its writer. */
public record StoredHistory(EventLog log, PostgresEventStore store) implements AutoCloseable {
    private static final MetaData PROVENANCE = MetaData.from(Map.of(
            MessageOrigin.TENANT, "acme",
            MessageOrigin.ACTOR, "key:ann",
            MessageOrigin.CORRELATION_ID, "req-1",
            MessageOrigin.CAUSATION_ID, "req-1"));

    private static final EncryptedJson JSON = new EncryptedJson(new RememberedKeys());

    public static StoredHistory in(TestDatabase database) {
        EventLog log = new EventLog(database.sql(), database.unpooled());
        EventMessages messages = new EventMessages(serializer(), Upcasters.chain());
        return new StoredHistory(log, new PostgresEventStore(log, messages, new Snapshots(database.sql())));
    }

    public static NamedEventSerializer serializer() {
        return new NamedEventSerializer(EventNames.below("dev.polyphony"), JSON);
    }

    /** Facts of one aggregate, numbered from a sequence, as the command bus would make them. */
    public static List<DomainEventMessage<?>> facts(String type, String id, long first, Object... payloads) {
        List<DomainEventMessage<?>> facts = new ArrayList<>();
        for (Object payload : payloads) {
            facts.add(new GenericDomainEventMessage<>(type, id, first + facts.size(), payload, PROVENANCE));
        }
        return facts;
    }

    @Override
    public void close() {
        log.close();
    }
}
