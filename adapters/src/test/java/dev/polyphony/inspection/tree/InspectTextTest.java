package dev.polyphony.inspection.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.polyphony.inspection.Finding;
import dev.polyphony.inspection.Inspection;
import dev.polyphony.inspection.Source;
import dev.polyphony.inspection.SourceProblem;
import dev.polyphony.inspection.tree.files.SourceLimits;
import dev.polyphony.shared.Rejection;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTextTest {
    @TempDir
    private Path root;

    @Test
    void repeatsEverySentenceWithItsLine() {
        Inspection inspection = inspect("""
            # Checkout

            The checkout times out after 3.5 seconds. Customers then pay
            twice! Why does nobody notice?

            - Retries are not idempotent
            - The ledger is right.
            """);

        assertThat(inspection.source()).isEqualTo("text");
        assertThat(inspection.findings())
                .extracting(Finding::id, Finding::rule, Finding::line, Finding::message)
                .containsExactly(
                        tuple("F1", "statement", 3, "The checkout times out after 3.5 seconds."),
                        tuple("F2", "statement", 3, "Customers then pay twice!"),
                        tuple("F3", "statement", 4, "Why does nobody notice?"),
                        tuple("F4", "statement", 6, "Retries are not idempotent"),
                        tuple("F5", "statement", 7, "The ledger is right."));
    }

    @Test
    void findsTheSentencesOfHastyNotesToo() {
        assertThat(inspect("the api is slow. logins fail, e.g. at 3.15 at night. why? 支払いが遅い。直してください。")
                        .findings())
                .extracting(Finding::message)
                .containsExactly(
                        "the api is slow.", "logins fail, e.g. at 3.15 at night.", "why?", "支払いが遅い。", "直してください。");
    }

    @Test
    void keepsStatementsWhateverComponentsAreAskedFor() {
        Source text = new Source.Text("All is well.");

        assertThat(inspector().inspect(text, List.of("security")).findings()).hasSize(1);
    }

    @Test
    void findsWhatIsWrongWithTheForm() {
        String paragraph = "This paragraph says the same thing twice, which tires everyone who has to read it.";
        String longSentence = "We " + "very ".repeat(40) + "much agree.";

        Inspection inspection = inspect(
                String.join("\n\n", paragraph, longSentence, paragraph, "TODO: decide", "# End")); // finding-marker

        assertThat(inspection.findings())
                .filteredOn(finding -> !finding.rule().equals("statement"))
                .extracting(Finding::rule, Finding::line)
                .containsExactly(
                        tuple("open_marker", 7),
                        tuple("empty_heading", 9),
                        tuple("duplicate_paragraph", 5),
                        tuple("long_sentence", 3));
    }

    @Test
    void doesNotPassOnSecrets() {
        assertThat(inspect("Use password = \"hunter2!\" to log in.").toString()).doesNotContain("hunter2");
    }

    @Test
    void quotesNoMoreThanAThousandCharactersAndSurvivesOddOnes() {
        Inspection inspection = inspect("a\0b" + "x".repeat(5_000) + "\uD800");

        assertThat(inspection.findings())
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.message()).hasSizeLessThan(1_010).doesNotContain("\0"));
    }

    @Test
    void hasNothingToSayAboutNothing() {
        assertThat(inspect("  \n").findings()).isEmpty();
    }

    @Test
    void refusesATextThatIsTooLong() {
        Source text = new Source.Text("ä".repeat(600_000));

        assertThatExceptionOfType(Rejection.class)
                .isThrownBy(() -> inspector().admit(text))
                .withMessageContaining("1200000 bytes")
                .satisfies(refused -> assertThat(refused.problem()).isEqualTo(SourceProblem.REPOSITORY_TOO_LARGE));
    }

    private Inspection inspect(String text) {
        return inspector().inspect(new Source.Text(text), List.of());
    }

    private TreeInspector inspector() {
        return new SampleTree(root).inspector(SourceLimits.DEFAULTS);
    }
}
