package dev.polyphony.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.privacy.SubjectCommand.RecordErasure;
import dev.polyphony.privacy.SubjectEvent.SubjectErased;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

class EraseSubjectTest {
    private static final DataSubject ALICE = new DataSubject(TenantId.DEFAULT, "alice");
    private static final RecordErasure RECORD = new RecordErasure(new SubjectId(ALICE));

    private final AggregateTestFixture<Subject> subject = new AggregateTestFixture<>(Subject.class);
    private final KnownKeys keys = new KnownKeys();

    @Test
    void recordsTheErasureOnce() {
        subject.givenNoPriorActivity().when(RECORD).expectEvents(new SubjectErased(ALICE));
        subject.given(new SubjectErased(ALICE)).when(RECORD).expectNoEvents();
    }

    @Test
    void destroysTheKeyBeforeItRecordsThat() {
        keys.make(ALICE);
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        bus.subscribe(RecordErasure.class.getName(), _ -> {
            assertThat(keys.isErased(ALICE)).isTrue();
            return GenericCommandResultMessage.asCommandResultMessage("recorded");
        });

        erasure(bus).erase(ALICE);
        erasure(bus).erase(ALICE);
    }

    @Test
    void leavesARetryWithTheRecordWhenTheProcessDiesInBetween() {
        keys.make(ALICE);
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        assertThatThrownBy(() -> erasure(bus).erase(ALICE)).hasMessageContaining("RecordErasure");
        assertThat(keys.isErased(ALICE)).isTrue();

        StringBuilder recorded = new StringBuilder();
        bus.subscribe(RecordErasure.class.getName(), message -> {
            recorded.append(message.getPayload());
            return GenericCommandResultMessage.asCommandResultMessage("recorded");
        });
        erasure(bus).erase(ALICE);
        assertThat(recorded).contains("alice");
    }

    @Test
    void recordsNothingOfASubjectThatNothingIsKnownAbout() {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();

        assertThatThrownBy(() -> erasure(bus).erase(ALICE))
                .isInstanceOfSatisfying(
                        Rejection.class,
                        refusal -> assertThat(refusal.problem()).isEqualTo(SubjectProblem.SUBJECT_NOT_FOUND));
        assertThat(keys.isKnown(ALICE)).isFalse();
    }

    private static final class KnownKeys implements SubjectKeys {
        private final Set<DataSubject> known = new HashSet<>();
        private final Set<DataSubject> erased = new HashSet<>();

        void make(DataSubject subject) {
            known.add(subject);
        }

        boolean isErased(DataSubject subject) {
            return erased.contains(subject);
        }

        @Override
        public boolean isKnown(DataSubject subject) {
            return known.contains(subject);
        }

        @Override
        public void destroy(DataSubject subject) {
            known.add(subject);
            erased.add(subject);
        }

        @Override
        public void close(TenantId tenant) {
            throw new UnsupportedOperationException("erasing one subject closes no tenant");
        }

        @Override
        public List<DataSubject> remaining(TenantId tenant, int limit) {
            return known.stream().filter(each -> !erased.contains(each)).toList();
        }
    }

    private EraseSubject erasure(SimpleCommandBus bus) {
        return new EraseSubject(
                keys, DefaultCommandGateway.builder().commandBus(bus).build());
    }
}
