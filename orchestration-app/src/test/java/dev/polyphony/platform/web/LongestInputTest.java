package dev.polyphony.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.eventstore.EventNames;
import dev.polyphony.eventstore.NamedEventSerializer;
import dev.polyphony.eventstore.crypto.EncryptedJson;
import dev.polyphony.eventstore.json.JacksonJsonValues;
import dev.polyphony.inspection.Source;
import dev.polyphony.privacy.store.RememberedKeys;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunOptions;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowStarted;
import dev.polyphony.workflows.WorkflowRunExamples;
import dev.polyphony.workflows.builtin.orchestrator.OrchestratorInput;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API lets in must be readable for ever, however long it gets when it is encrypted. */
class LongestInputTest {
    private static final int LONGEST = 1_000_000;

    static {
        new JsonConfig(); // sets the limits that the whole server reads JSON with
    }

    private final NamedEventSerializer serializer =
            new NamedEventSerializer(EventNames.below("dev.polyphony"), new EncryptedJson(new RememberedKeys()));

    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "文", "\""})
    void readsBackTheLongestTextThatIsLetIn(String character) {
        WorkflowStarted started = new WorkflowStarted(
                WorkflowRunExamples.RUN,
                TenantId.DEFAULT,
                WorkflowRunExamples.ALICE,
                WorkflowRunExamples.REVIEW,
                new JacksonJsonValues()
                        .write(new OrchestratorInput(
                                new Source.Text(character.repeat(LONGEST)), "intelligent", List.of())),
                RunOptions.DEFAULT,
                WorkflowRunExamples.HERE);

        assertThat(serializer.<String, Object>deserialize(serializer.serialize(started, String.class)))
                .isEqualTo(started);
    }
}
