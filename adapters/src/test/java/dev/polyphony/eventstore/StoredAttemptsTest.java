package dev.polyphony.eventstore;

import dev.polyphony.eventstore.crypto.EncryptedJson;
import dev.polyphony.privacy.RememberedKeys;
import dev.polyphony.workflows.WorkflowRunEvent.StepCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowFailed;
import static dev.polyphony.workflows.WorkflowRunExamples.ALICE;
import static dev.polyphony.workflows.WorkflowRunExamples.RUN;
import static dev.polyphony.workflows.WorkflowRunExamples.lookCompleted;
import static org.assertj.core.api.Assertions.assertThat;

import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;

class StoredAttemptsTest {
    private final NamedEventSerializer serializer =
            new NamedEventSerializer(EventNames.below("dev.polyphony"), new EncryptedJson(new RememberedKeys()));

    @Test
    void readsFailuresOfBeforeTheirProblemWasTold() {
        WorkflowFailed failed = new WorkflowFailed(RUN, ALICE, "look", null, "no provider is left");
        String now = serializer.serialize(failed, String.class).getData();
        String old = now.replace("\"problem\":null,", "");
        assertThat(old).isNotEqualTo(now).doesNotContain("problem");

        assertThat(serializer.<String, Object>deserialize(
                        new SimpleSerializedObject<>(old, String.class, serializer.typeForClass(WorkflowFailed.class))))
                .isEqualTo(failed);
    }

    @Test
    void readsAttemptsOfBeforeTokensAndCostWereTold() {
        String now = serializer.serialize(lookCompleted(), String.class).getData();
        String old = now.replace(
                ",\"first_token\":null,\"http_status\":null,\"input_tokens\":null,\"output_tokens\":null,\"cost\":null",
                "");
        assertThat(old).isNotEqualTo(now).doesNotContain("first_token", "http_status", "cost");

        assertThat(serializer.<String, Object>deserialize(
                        new SimpleSerializedObject<>(old, String.class, serializer.typeForClass(StepCompleted.class))))
                .isEqualTo(lookCompleted());
    }
}
