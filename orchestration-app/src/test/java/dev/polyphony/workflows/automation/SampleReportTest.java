package dev.polyphony.workflows.automation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.inspection.Finding;
import dev.polyphony.inspection.Inspection;
import dev.polyphony.workflows.ModelUsage;
import dev.polyphony.workflows.builtin.orchestrator.LayerOutput;
import dev.polyphony.workflows.builtin.orchestrator.LayerOutput.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleReportTest {
    private static final String URL = "http://localhost:8080";
    private static final ModelUsage USAGE = new ModelUsage("embedded", "a-model", "extracted", null, null);

    @Test
    void ranksTheFindingsInTenLines() {
        LayerOutput decision = new LayerOutput(
                "",
                List.of(
                        new Statement("The source has 9 files.", List.of()),
                        new Statement("Mend the third.", List.of("F3", "F1")),
                        new Statement("And the first.", List.of("F1", "F999"))));

        String text = new SampleReport(inspection(7), decision, USAGE).text(URL);

        assertThat(text.lines())
                .hasSize(10)
                .startsWith(
                        "The sample run read 9 files with 70000 lines and found 7 things to mend, the weightiest"
                                + " first.",
                        "  F1   src/Place1.java is long.",
                        "  F2   src/Place2.java is long.")
                .contains("  The agents, on the model a-model, would mend first: F3, F1")
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(140));
        assertThat(text).doesNotContain("[]").contains("curl -s -H \"X-API-Key: $KEY\" http://localhost:8080/api/v1/");
    }

    @Test
    void cutsALongSentence() {
        Inspection inspection = inspection(List.of(finding(1, "x".repeat(500))));

        assertThat(new SampleReport(inspection, new LayerOutput("", List.of()), USAGE)
                        .text(URL)
                        .lines())
                .anySatisfy(line ->
                        assertThat(line).startsWith("  F1   xxx").endsWith("x…").hasSize(140));
    }

    @Test
    void saysThatNothingWasFound() {
        String text = new SampleReport(inspection(0), new LayerOutput("", List.of()), null).text(URL);

        assertThat(text).startsWith("The sample run read 9 files with 70000 lines and found nothing to mend.\nNext: ");
    }

    private static Inspection inspection(int findings) {
        return inspection(IntStream.rangeClosed(1, findings)
                .mapToObj(number -> finding(number, "src/Place" + number + ".java is long."))
                .toList());
    }

    private static Inspection inspection(List<Finding> findings) {
        return new Inspection(".", 9, 70_000, 1, 0, List.of(), List.of(), List.of(), findings.size(), findings);
    }

    private static Finding finding(int number, String message) {
        return new Finding("F" + number, "long_file", "code_quality", "src/Place.java", 1, message, "Split it.");
    }
}
