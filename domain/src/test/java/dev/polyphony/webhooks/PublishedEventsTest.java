package dev.polyphony.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.shared.Rejection;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedEventsTest {
    private final PublishedEvents events = PublishedEvents.of(List.of("workflow.started", "workflow.step.completed"));

    @Test
    void countsARepeatedNameOnce() {
        assertThat(subscribing("workflow.started", "workflow.started")).containsExactly("workflow.started");
    }

    @ParameterizedTest
    @ValueSource(strings = {"workflow.started", "workflow.step.completed", "*"})
    void acceptsEveryPublishedName(String name) {
        assertThat(subscribing(name)).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"workflow.exploded", "webhook.registered", "task.completed", "agent.error", "task.*", ""})
    void refusesAnyOtherNameAndListsTheAcceptedOnes(String name) {
        assertThatThrownBy(() -> subscribing("workflow.started", name))
                .isInstanceOf(Rejection.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining("workflow.step.completed");
    }

    @Test
    void refusesNoEventsAndTooMany() {
        assertThatThrownBy(this::subscribing).isInstanceOf(Rejection.class).hasMessageContaining("not 0");
        assertThatThrownBy(() ->
                        subscribing(Collections.nCopies(51, "workflow.started").toArray(String[]::new)))
                .isInstanceOf(Rejection.class)
                .hasMessageContaining("not 51");
    }

    private List<String> subscribing(String... names) {
        return events.check(List.of(names));
    }
}
