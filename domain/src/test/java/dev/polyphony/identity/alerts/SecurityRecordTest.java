package dev.polyphony.identity.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.polyphony.identity.alerts.SecurityEventCommand.RecordSecurityEvent;
import dev.polyphony.shared.EventName;
import java.util.Objects;
import org.axonframework.messaging.Message;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.matchers.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SecurityRecordTest {
    private static final SecurityEventId ID = SecurityEventId.random();
    private static final Incident INCIDENT =
            new Incident(ThreatLevel.MEDIUM, true, "/api/v1/events", "src-1", null, "api_key", 1);

    private final AggregateTestFixture<SecurityRecord> record = new AggregateTestFixture<>(SecurityRecord.class);

    @ParameterizedTest
    @EnumSource
    void keepsAnEventUnderTheNameOfItsType(SecurityEventType type) {
        record.givenNoPriorActivity()
                .when(new RecordSecurityEvent(ID, type, INCIDENT))
                .expectSuccessfulHandlerExecution()
                .expectEventsMatching(Matchers.exactSequenceOf(
                        Matchers.matches((Message<?> message) -> is(type, message.getPayload()))));
    }

    private static boolean is(SecurityEventType type, Object payload) {
        EventName name = Objects.requireNonNull(payload.getClass().getAnnotation(EventName.class));
        return payload instanceof SecurityEvent event
                && event.type() == type
                && event.incident().equals(INCIDENT)
                && name.value().equals("security." + type)
                && name.published();
    }

    @Test
    void keepsOneOnce() {
        record.given(new SecurityEvent.AccessDenied(ID, INCIDENT))
                .when(new RecordSecurityEvent(ID, SecurityEventType.ACCESS_DENIED, INCIDENT))
                .expectNoEvents();
    }

    @Test
    void standsForOneAttemptAtLeast() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Incident(ThreatLevel.LOW, true, null, null, null, null, 0));
        assertThat(INCIDENT.count()).isEqualTo(1);
    }
}
