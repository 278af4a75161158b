package dev.polyphony.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.workflows.RunOptions.Priority;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunOptionsTest {
    @Test
    void takesAsManyAndAsLongTagsAsAreAllowed() {
        assertThat(tagged(Collections.nCopies(32, "t".repeat(64))).tags()).hasSize(32);
    }

    @Test
    void refusesTagsOutOfBounds() {
        assertThatThrownBy(() -> tagged(Collections.nCopies(33, "t"))).hasMessageContaining("at most 32 tags");
        assertThatThrownBy(() -> tagged(List.of(""))).hasMessageContaining("1 to 64");
        assertThatThrownBy(() -> tagged(List.of("t".repeat(65)))).hasMessageContaining("1 to 64");
    }

    private static RunOptions tagged(List<String> tags) {
        return new RunOptions(Priority.NORMAL, tags, null, List.of());
    }
}
