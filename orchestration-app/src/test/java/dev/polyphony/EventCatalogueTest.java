package dev.polyphony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.eventstore.EventNames;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.EventName;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;

/** Keeps {@code docs/events.md} what the code says; {@code -Dpolyphony.events.update=true} writes it anew. */
class EventCatalogueTest {
    private static final Path CATALOGUE = Path.of("../docs/events.md");
    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();
    private static final String HEAD = """
        # Events

        Every event that the history can hold, under its stable name. Generated from the code: `mvn test -pl orchestration-app -am
        -Dtest=EventCatalogueTest -Dsurefire.failIfNoSpecifiedTests=false -Dpolyphony.events.update=true` writes it anew.

        What is listed as encrypted is personal ([privacy.md](privacy.md)): it is stored encrypted and can be erased.

        | event | revision | payload | encrypted |
        |---|---|---|---|
        """;

    @Test
    void listsEveryEventWithItsPayload() throws IOException {
        EventNames names = EventNames.below("dev.polyphony");
        String catalogue = names.all().stream()
                .map(name -> row(name, names.classOf(name).orElseThrow()))
                .collect(Collectors.joining("", HEAD, ""));
        if (Boolean.getBoolean("polyphony.events.update")) {
            Files.writeString(CATALOGUE, catalogue);
        }
        assertThat(CATALOGUE).content().isEqualTo(catalogue);
    }

    @Test
    void findsOneSubjectWhereThereIsPersonalDataAndWhatItReadsAsOnceErased() {
        EventNames names = EventNames.below("dev.polyphony");
        for (String name : names.all()) {
            Class<?> event = names.classOf(name).orElseThrow();
            List<PersonalField> fields = PersonalField.in(event);
            long subjects = Arrays.stream(event.getRecordComponents())
                    .filter(component -> component.getType() == DataSubject.class)
                    .count();
            assertThat(subjects).as("data subjects of %s", name).isBetween(fields.isEmpty() ? 0L : 1L, 1L);
            assertThat(fields).as("erased values of %s", name).allMatch(PersonalField::saysWhatItReadsAsOnceErased);
        }
    }

    @Test
    void publishesWhatTheDocumentationOfWebhooksNames() {
        assertThat(EventNames.below("dev.polyphony").published())
                .containsExactly(
                        "budget.exhausted",
                        "security.access_denied",
                        "security.invalid_auth",
                        "security.lockout",
                        "security.prompt_injection_attempt",
                        "security.rate_limit_exceeded",
                        "security.refresh_token_reused",
                        "security.revoked_key_used",
                        "security.suspicious_pattern",
                        "workflow.cancelled",
                        "workflow.completed",
                        "workflow.failed",
                        "workflow.started",
                        "workflow.step.completed");
    }

    private static String row(String name, Class<?> event) {
        String payload = Arrays.stream(event.getRecordComponents())
                .map(RecordComponent::getName)
                .map(component -> "`" + SNAKE_CASE.nameForField(null, null, component) + "`")
                .collect(Collectors.joining(", "));
        String encrypted = PersonalField.in(event).stream()
                .map(field -> "`" + SNAKE_CASE.nameForField(null, null, field.path()) + "`")
                .collect(Collectors.joining(", "));
        int revision = event.getAnnotation(EventName.class).revision();
        return "| `%s` | %d | %s | %s |%n"
                .formatted(name, revision, payload, encrypted)
                .replace("\r", "");
    }
}
