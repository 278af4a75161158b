package dev.polyphony.inspection.tree;

import static dev.polyphony.inspection.SourceProblem.REPOSITORY_NOT_FOUND;
import static dev.polyphony.inspection.SourceProblem.REPOSITORY_OUTSIDE_ROOT;
import static dev.polyphony.inspection.SourceProblem.REPOSITORY_PROTECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.polyphony.inspection.Inspection;
import dev.polyphony.inspection.Source;
import dev.polyphony.inspection.SourceProblem;
import dev.polyphony.inspection.tree.files.SourceLimits;
import dev.polyphony.shared.Rejection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmitPathTest {
    @TempDir
    private Path folder;

    private Path root;

    @BeforeEach
    void root() {
        root = folder.resolve("root");
        new SampleTree(root).with("project/A.java", "class A {}");
        new SampleTree(folder).with("beside/private.txt", "private").with("root-beside/private.txt", "private");
    }

    @ParameterizedTest
    @ValueSource(strings = {"project", "project/", "./project", "project/../project", "."})
    void admitsFoldersWithin(String location) {
        assertThatCode(() -> admit(location)).doesNotThrowAnyException();
    }

    @Test
    void admitsAnAbsolutePathWithin() {
        assertThatCode(() -> admit(root.resolve("project").toString())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../beside", "project/../../beside", "/", "/etc", "/etc/not-there", "../not-there"})
    void refusesPathsThatLeaveTheRoot(String location) {
        assertRefused(location, REPOSITORY_OUTSIDE_ROOT);
    }

    @Test
    void refusesASiblingWhoseNameStartsLikeTheRoot() {
        assertRefused(folder.resolve("root-beside").toString(), REPOSITORY_OUTSIDE_ROOT);
    }

    @Test
    void refusesLinksThatLeaveTheRootWhateverLiesBehindThem() throws Exception {
        Files.createSymbolicLink(root.resolve("link"), folder.resolve("beside"));
        new SampleTree(folder).with("beside/sub/x.txt", "x");

        assertRefused("link", REPOSITORY_OUTSIDE_ROOT);
        assertRefused("link/sub", REPOSITORY_OUTSIDE_ROOT);
        assertRefused("link/not-there", REPOSITORY_OUTSIDE_ROOT);
        assertRefused("link/../beside", REPOSITORY_OUTSIDE_ROOT);
    }

    @Test
    void followsALinkThatStaysWithin() throws Exception {
        Files.createSymbolicLink(root.resolve("alias"), root.resolve("project"));

        assertThatCode(() -> admit("alias")).doesNotThrowAnyException();
    }

    @Test
    void refusesTheDataDirectoryAndWhatLiesInIt() throws Exception {
        new SampleTree(root).with("data/postgres/base", "rows").with("data/models/x.txt", "x");
        Files.createSymbolicLink(root.resolve("alias"), root.resolve("data"));
        Files.createSymbolicLink(root.resolve("inner"), root.resolve("data/models"));

        for (String location : List.of("data", "./project/../data", "data/models", "alias", "alias/models", "inner")) {
            assertRefused(location, REPOSITORY_PROTECTED);
        }
        assertRefused(root.resolve("data").toString(), REPOSITORY_PROTECTED);
    }

    @Test
    void leavesTheDataDirectoryOutOfWhatHoldsIt() {
        SampleTree tree =
                new SampleTree(root).with("data/models/x.md", "x").with("README.md", "[data](data/models/x.md)");

        assertThat(tree.inspected().largestFiles())
                .extracting(Inspection.FileSize::file)
                .containsExactlyInAnyOrder("README.md", "project/A.java");
        assertThat(tree.findings("broken_link")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-there", "project/A.java", "git@example.org:a/b.git", "project\0"})
    void refusesWhatIsNoFolder(String location) {
        assertRefused(location, REPOSITORY_NOT_FOUND);
    }

    @Test
    void worksWithARootThatIsItselfALink() throws Exception {
        Path alias = Files.createSymbolicLink(folder.resolve("alias"), root);

        assertThatCode(() ->
                        new SampleTree(alias).inspector(SourceLimits.DEFAULTS).admit(new Source.Repository("project")))
                .doesNotThrowAnyException();
    }

    private void admit(String location) {
        new SampleTree(root).inspector(SourceLimits.DEFAULTS).admit(new Source.Repository(location));
    }

    private void assertRefused(String location, SourceProblem problem) {
        assertThatExceptionOfType(Rejection.class)
                .isThrownBy(() -> admit(location))
                .withMessageContaining("'" + location + "'")
                .satisfies(refused -> {
                    assertThat(refused.problem()).isEqualTo(problem);
                    assertThat(String.valueOf(refused.getMessage()).replace("'" + location + "'", ""))
                            .doesNotContain(root.toString());
                });
    }
}
