package dev.polyphony.inspection.tree.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.polyphony.inspection.SourceProblem;
import dev.polyphony.inspection.tree.files.Deadline;
import dev.polyphony.inspection.tree.files.FileCollector;
import dev.polyphony.inspection.tree.files.PathIndex;
import dev.polyphony.inspection.tree.files.SourceLimits;
import dev.polyphony.shared.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work is counted in steps, since time says little about it. */
class WorkOfRulesTest {
    private static final int ENTRIES = 90_000;
    private static final String LINKS =
            IntStream.range(0, 14_000).mapToObj(i -> "[](" + (i % 90) + ")").collect(Collectors.joining());

    private final PathIndex paths = new PathIndex();

    @Test
    void judgesManyLinksInALargeTreeInAFewSteps() {
        Rulebook rules = Rulebook.forTree(paths, List.of(), Deadline.in(Duration.ofMinutes(1)));

        read("links.md", LINKS, rules, Deadline.in(Duration.ofMinutes(1)));
        rules.finish();

        assertThat(LINKS.length()).isBetween(65_000, 90_000);
        assertThat(rules.steps()).isLessThan(20_000);
    }

    @Test
    void asksTheIndexForNoMoreLinksThanAFileMayHave() {
        Rulebook rules = Rulebook.forTree(paths, List.of(), Deadline.in(Duration.ofMinutes(1)));
        String links = IntStream.range(0, 5_000)
                .mapToObj(i -> "[](gone" + i + ".md)\n")
                .collect(Collectors.joining());

        read("links.md", links, rules, Deadline.in(Duration.ofMinutes(1)));
        rules.finish();

        assertThat(rules.total()).isEqualTo(BrokenLinks.MAX_PER_FILE + 1); // and there is no README
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.md", "a.java", "a.py", "a.txt"})
    void endsWithinAFileOnceTheTimeIsUsedUp(String name) {
        AtomicLong now = new AtomicLong();
        Deadline deadline = Deadline.by(Duration.ofNanos(1_000), now::incrementAndGet);
        Rulebook rules = Rulebook.forTree(paths, List.of(), deadline);

        assertThatExceptionOfType(Rejection.class)
                .isThrownBy(() -> read(name, "a line of it\n".repeat(5_000), rules, Deadline.in(Duration.ofMinutes(1))))
                .satisfies(refused -> assertThat(refused.problem()).isEqualTo(SourceProblem.REPOSITORY_TOO_LARGE));
        assertThat(rules.steps()).isLessThan(1_100);
    }

    @Test
    void endsWithinOneLongLineToo() {
        AtomicLong now = new AtomicLong();
        Deadline deadline = Deadline.by(Duration.ofNanos(1_000), now::incrementAndGet);
        Rulebook rules = Rulebook.forText(List.of(), deadline);

        assertThatExceptionOfType(Rejection.class)
                .isThrownBy(() ->
                        read("text", "token sk_ secret ".repeat(58_000), rules, Deadline.in(Duration.ofMinutes(1))));
    }

    private void read(String name, String text, Rulebook rules, Deadline deadline) {
        SourceLimits limits = new SourceLimits(5_000, 50_000_000, 1_000_000, 1, Duration.ofMinutes(1));
        FileCollector intake = new FileCollector(limits, deadline, paths, rules::look);
        for (int i = 0; i < ENTRIES; i++) {
            intake.meet("folder" + i % 300 + "/file" + i);
        }
        intake.take(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
