package dev.polyphony.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataSubjectTest {
    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "a/b", "a b", "a\nb", "a\0", "größe", "-a"})
    void refusesWhatCouldMeanSomethingElseInAPathOrALine(String id) {
        assertThatThrownBy(() -> new DataSubject(TenantId.DEFAULT, id)).hasMessageContaining(DataSubject.RULE);
    }

    @Test
    void takesAsMuchAsItSays() {
        assertThat(new DataSubject(TenantId.DEFAULT, "a".repeat(200))).hasToString("default/" + "a".repeat(200));
        assertThatThrownBy(() -> new DataSubject(TenantId.DEFAULT, "a".repeat(201)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
