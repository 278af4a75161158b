package dev.polyphony.inspection.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.polyphony.inspection.Finding;
import dev.polyphony.inspection.Inspection;
import dev.polyphony.inspection.Inspection.FileSize;
import dev.polyphony.inspection.Inspection.SkippedFile;
import dev.polyphony.inspection.Inspection.TypeCount;
import dev.polyphony.inspection.SourceProblem;
import dev.polyphony.inspection.tree.files.SourceLimits;
import dev.polyphony.shared.Rejection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectRepositoryTest {
    private final Path root;
    private final SampleTree tree;

    InspectRepositoryTest(@TempDir Path root) {
        this.root = root;
        this.tree = new SampleTree(root);
    }

    @Test
    void countsFilesByTypeAndListsTheLongest() {
        tree.with("README.md", "A sample")
                .with("src/One.java", "class One {", "}")
                .with("src/Two.java", "class Two {", "", "}")
                .with("Makefile", "all:");

        Inspection inspection = tree.inspected();

        assertThat(inspection.files()).isEqualTo(4);
        assertThat(inspection.lines()).isEqualTo(7);
        assertThat(inspection.types())
                .containsExactly(
                        new TypeCount("java", 2, 5, 29),
                        new TypeCount("Makefile", 1, 1, 5),
                        new TypeCount("md", 1, 1, 9));
        assertThat(inspection.largestFiles()).first().isEqualTo(new FileSize("src/Two.java", 3, 15));
        assertThat(inspection.findings()).isEmpty();
    }

    @Test
    void leavesOutWhatToolsMade() {
        tree.with("README.md", "# Sample")
                .with("target/classes/Made.java", "class Made {}")
                .with("node_modules/left/index.js", "module.exports = 1")
                .with(".git/config", "[core]")
                .with("app/build/Made.java", "class Made {}")
                .with("app/src/main/build/Written.java", "class Written {}");

        assertThat(tree.inspected().largestFiles())
                .extracting(FileSize::file)
                .containsExactly("app/src/main/build/Written.java", "README.md");
    }

    @Test
    void leavesOutWhatGitIgnoresAndKeepsWhatADeeperRuleBringsBack() {
        tree.with("README.md", "# Sample")
                .with(".gitignore", "*.log", "/made/")
                .with("a.log", "x")
                .with("made/x.txt", "x")
                .with("kept/.gitignore", "!important.log")
                .with("kept/important.log", "x");

        assertThat(tree.inspected().largestFiles())
                .extracting(FileSize::file)
                .contains("kept/important.log")
                .doesNotContain("a.log", "made/x.txt");
    }

    @Test
    void countsBinaryAndTooLargeFilesAsLeftOut() {
        tree.with("README.md", "# Sample")
                .withText("picture.png", "\u0089PNG\0\0")
                .withText("huge.txt", "x".repeat(2_000));

        Inspection inspection = tree.inspected(new SourceLimits(10, 10_000, 1_000, 1, Duration.ofMinutes(1)));

        assertThat(inspection.files()).isEqualTo(1);
        assertThat(inspection.skippedFiles()).isEqualTo(2);
        assertThat(inspection.skipped())
                .containsExactly(
                        new SkippedFile("huge.txt", "larger than 1000 bytes"),
                        new SkippedFile("picture.png", "binary"));
    }

    @Test
    void saysOneFileAndTwoFiles() {
        tree.with("a.java", "class A {}");
        assertThat(tree.findings("missing_readme"))
                .extracting(Finding::message)
                .containsExactly("There is no README at the top of the repository, which has 1 file.");
        tree.with("b.java", "class B {}");
        assertThat(tree.findings("missing_readme"))
                .extracting(Finding::message)
                .containsExactly("There is no README at the top of the repository, which has 2 files.");
    }

    @Test
    void readsNoMoreFilesAndBytesThanTheLimitsAllow() {
        IntStream.range(0, 9).forEach(i -> tree.withText("f" + i + ".txt", "x".repeat(100)));

        Inspection byFiles = tree.inspected(new SourceLimits(4, 10_000, 1_000, 1, Duration.ofMinutes(1)));
        Inspection byBytes = tree.inspected(new SourceLimits(100, 250, 1_000, 1, Duration.ofMinutes(1)));

        assertThat(byFiles.files()).isEqualTo(4);
        assertThat(byFiles.skippedFiles()).isEqualTo(5);
        assertThat(byBytes.bytes()).isEqualTo(200);
        assertThat(byBytes.skippedFiles()).isEqualTo(7);
    }

    @Test
    void refusesATreeWithFarTooManyEntries() {
        IntStream.range(0, 21).forEach(i -> tree.withText("f" + i, "x"));

        assertRefused(new SourceLimits(1, 10_000, 1_000, 1, Duration.ofMinutes(1)), "more than 20 files and folders");
    }

    @Test
    void refusesToTakeLongerThanItMay() {
        tree.with("README.md", "# Sample");

        assertRefused(new SourceLimits(10, 10_000, 1_000, 1, Duration.ZERO), "within 0 seconds");
    }

    @Test
    void followsNoLinks() throws Exception {
        tree.with("README.md", "# Sample");
        Path outside = Files.createTempDirectory("outside");
        Files.writeString(outside.resolve("private.txt"), "private");
        Files.createSymbolicLink(root.resolve("link"), outside);
        Files.createSymbolicLink(root.resolve("link.txt"), outside.resolve("private.txt"));
        Files.createSymbolicLink(root.resolve("loop"), root);

        assertThat(tree.inspected().files()).isEqualTo(1);
    }

    @Test
    void saysTheSameAboutTheSameSource() {
        IntStream.range(0, 30)
                .forEach(i -> tree.with("p" + i % 7 + "/F" + i + ".java", "// TODO mend this")); // finding-marker

        assertThat(tree.inspected()).isEqualTo(tree.inspected());
    }

    @Test
    void numbersFindingsByWeightThenPathThenLine() {
        tree.with("README.md", "[gone](gone.md)")
                .with("b/B.java", "// TODO second", "// TODO third") // finding-marker
                .with("a/A.java", "// TODO first"); // finding-marker

        assertThat(tree.inspected().findings())
                .extracting(Finding::id, Finding::rule, Finding::file, Finding::line)
                .containsExactly(
                        tuple("F1", "open_marker", "a/A.java", 1),
                        tuple("F2", "open_marker", "b/B.java", 1),
                        tuple("F3", "open_marker", "b/B.java", 2),
                        tuple("F4", "broken_link", "README.md", 1));
    }

    @Test
    void listsTheWeightiestAndCountsAllWithoutOneRuleHidingAnother() {
        String[] markers = new String[500];
        java.util.Arrays.fill(markers, "// TODO more"); // finding-marker
        tree.with("A.java", markers).with("docs.md", "[gone](gone.md)");

        Inspection inspection = tree.inspected();

        assertThat(inspection.totalFindings()).isEqualTo(502 + 1);
        assertThat(inspection.findings())
                .hasSize(Inspection.MAX_FINDINGS)
                .extracting(Finding::rule)
                .contains("open_marker", "long_file", "broken_link", "missing_readme");
    }

    @Test
    void keepsTheAskedForComponentsOnly() {
        tree.with("A.java", "// TODO mend", "String all = \"select * from runs\";"); // finding-marker

        assertThat(tree.inspected(SourceLimits.DEFAULTS, "performance").findings())
                .extracting(Finding::rule)
                .containsExactly("select_star");
        assertThat(tree.inspected(SourceLimits.DEFAULTS, "all").findings()).hasSize(3);
    }

    private void assertRefused(SourceLimits limits, String words) {
        assertThatExceptionOfType(Rejection.class)
                .isThrownBy(() -> tree.inspected(limits))
                .withMessageContaining(words)
                .satisfies(refused -> assertThat(refused.problem()).isEqualTo(SourceProblem.REPOSITORY_TOO_LARGE));
    }
}
