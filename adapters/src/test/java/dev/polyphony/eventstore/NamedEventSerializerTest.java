package dev.polyphony.eventstore;

import static dev.polyphony.workflows.WorkflowRunExamples.ALICE;
import static dev.polyphony.workflows.WorkflowRunExamples.LOOKER;
import static dev.polyphony.workflows.WorkflowRunExamples.RUN;
import static dev.polyphony.workflows.WorkflowRunExamples.attempt;
import static dev.polyphony.workflows.WorkflowRunExamples.lookCompleted;
import static dev.polyphony.workflows.WorkflowRunExamples.lookStarted;
import static dev.polyphony.workflows.WorkflowRunExamples.reviewStarted;
import static dev.polyphony.workflows.WorkflowRunExamples.started;
import static dev.polyphony.workflows.WorkflowRunExamples.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.eventstore.crypto.EncryptedJson;
import dev.polyphony.privacy.SubjectEvent.SubjectErased;
import dev.polyphony.privacy.store.RememberedKeys;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.shared.Json;
import dev.polyphony.workflows.StepPolicy;
import dev.polyphony.workflows.StepSpec.TaskStep;
import dev.polyphony.workflows.WorkflowDefinition;
import dev.polyphony.workflows.WorkflowRunEvent.StepAttemptFailed;
import dev.polyphony.workflows.WorkflowRunEvent.StepCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.StepFailed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class NamedEventSerializerTest {
    private static final StepAttemptFailed FAILED = new StepAttemptFailed(
            RUN,
            ALICE,
            "look",
            LOOKER,
            1,
            "PROVIDER_FAILED",
            "the vendor said: Some text.",
            List.of(new ModelAttempt(
                    "vendor",
                    "m",
                    Instant.EPOCH,
                    Duration.ZERO,
                    "provider-failed",
                    "bad word: Some text.",
                    Duration.ofMillis(12),
                    500,
                    31,
                    7,
                    new BigDecimal("0.00000837"))));

    private final RememberedKeys keys = new RememberedKeys();
    private final NamedEventSerializer serializer =
            new NamedEventSerializer(EventNames.below("dev.polyphony"), new EncryptedJson(keys));

    static Stream<Object> events() {
        return Stream.of(reviewStarted(), lookStarted(), lookCompleted(), FAILED, new SubjectErased(ALICE));
    }

    @ParameterizedTest
    @MethodSource("events")
    void givesBackWhatItWroteAndWritesNoText(Object event) {
        assertThat(serialized(event).getData()).doesNotContain("Some text", "Long.java");
        assertThat(serializer.<String, Object>deserialize(serialized(event))).isEqualTo(event);
        assertThat(serializer.<byte[], Object>deserialize(serializer.serialize(event, byte[].class)))
                .isEqualTo(event);
        assertThat(serializer.<JsonNode, Object>deserialize(serializer.serialize(event, JsonNode.class)))
                .isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("events")
    void readsEveryEventAfterTheErasure(Object event) {
        SerializedObject<String> stored = serialized(event);
        keys.destroy(ALICE);

        assertThat(String.valueOf(serializer.<String, Object>deserialize(stored)))
                .doesNotContain("Some text", "Long.java");
    }

    @Test
    void keepsWhatIsNotPersonalReadable() {
        StepCompleted completed = lookCompleted();
        SerializedObject<String> stored = serialized(completed);
        keys.destroy(ALICE);

        assertThat(serializer.<String, Object>deserialize(stored))
                .isEqualTo(new StepCompleted(RUN, ALICE, "look", LOOKER, 1, Json.NULL, usage(), List.of(attempt())));
    }

    @Test
    void storesJsonAsJsonWhereItIsNotPersonal() {
        WorkflowDefinition definition = new WorkflowDefinition(
                "nightly",
                1,
                List.of(new TaskStep(
                        "look", List.of(), "inspection", new Json("{\"depth\":1.50}"), StepPolicy.DEFAULT)));

        assertThat(serialized(started(definition)).getData())
                .contains("{\"kind\":\"task\",\"name\":\"look\"", "\"parameters\":{\"depth\":1.50}");
        assertThat(serializer.<String, Object>deserialize(serialized(started(definition))))
                .isEqualTo(started(definition));
    }

    @Test
    void opensAStoredPayloadForThoseWhoMayReadIt() {
        String stored = serialized(FAILED).getData();
        assertThat(serializer.decrypted("workflow.step.attempt_failed", stored))
                .contains("\"reason\":\"the vendor said: Some text.\"", "\"error\":\"bad word: Some text.\"");

        keys.destroy(ALICE);
        assertThat(serializer.decrypted("workflow.step.attempt_failed", stored))
                .contains("\"reason\":\"[erased]\"", "\"error\":\"[erased]\"");
    }

    @Test
    void namesTheEventThatItCannotRead() {
        String stored = serialized(FAILED).getData();
        String moved = stored.replaceFirst("\"data\":\"[\\w-]{4}", "\"data\":\"AAAA");

        assertThatThrownBy(() -> serializer.decrypted("workflow.step.attempt_failed", moved))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("cannot read the event workflow.step.attempt_failed")
                .hasMessageContaining("/reason of workflow.step.attempt_failed");
        assertThatThrownBy(() -> serializer.decrypted("workflow.failed", stored))
                .hasMessageContaining("/reason of workflow.failed cannot be decrypted");
    }

    @Test
    @SuppressWarnings("NullAway") // no event may be made like this
    void refusesToWriteAPersonalEventThatTellsNoSubject() {
        StepFailed anonymous = new StepFailed(RUN, null, "look", LOOKER, 1, null, "Some text.");

        assertThatThrownBy(() -> serialized(anonymous))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("workflow.step.failed has personal data in /reason and names no data subject");
    }

    private SerializedObject<String> serialized(Object event) {
        return serializer.serialize(event, String.class);
    }
}
