package dev.polyphony.eventstore;

import dev.polyphony.eventstore.seal.SealedJson;
import dev.polyphony.privacy.RememberedKeys;
import dev.polyphony.shared.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/** Writes facts into a store the way the command bus would. */
public final class StoredHistory {
    private static final MetaData PROVENANCE = MetaData.from(Map.of(
            Provenance.TENANT, "acme",
            Provenance.ACTOR, "key:ann",
            Provenance.CORRELATION_ID, "req-1",
            Provenance.CAUSATION_ID, "req-1"));

    private static final SealedJson JSON = new SealedJson(new RememberedKeys());

    private StoredHistory() {}

    public static NamedEventSerializer serializer() {
        return new NamedEventSerializer(EventNames.below("dev.polyphony"), JSON);
    }

    /** Facts of one aggregate, numbered from a sequence. */
    public static List<DomainEventMessage<?>> facts(String type, String id, long first, Object... payloads) {
        List<DomainEventMessage<?>> facts = new ArrayList<>();
        for (Object payload : payloads) {
            facts.add(new GenericDomainEventMessage<>(type, id, first + facts.size(), payload, PROVENANCE));
        }
        return facts;
    }
}
