package dev.polyphony.inspection.tree.git;

import static dev.polyphony.inspection.SourceProblem.REPOSITORY_EMPTY;
import static dev.polyphony.inspection.SourceProblem.REPOSITORY_REF_NOT_FOUND;
import static dev.polyphony.inspection.SourceProblem.REPOSITORY_SELECTION_INVALID;
import static dev.polyphony.inspection.SourceProblem.REPOSITORY_TOKEN_UNKNOWN;
import static dev.polyphony.inspection.SourceProblem.REPOSITORY_TOO_LARGE;
import static dev.polyphony.inspection.SourceProblem.REPOSITORY_UNREACHABLE;
import static dev.polyphony.inspection.SourceProblem.REPOSITORY_UNSUPPORTED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.polyphony.inspection.Inspection;
import dev.polyphony.inspection.Inspection.FileSize;
import dev.polyphony.inspection.Source;
import dev.polyphony.inspection.tree.TreeInspector;
import dev.polyphony.inspection.tree.files.RepositoriesRoot;
import dev.polyphony.inspection.tree.files.SourceLimits;
import dev.polyphony.shared.Problem;
import dev.polyphony.shared.Rejection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.RefUpdate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked for of a repository, on a server or in a folder, and what is said when it is not there. */
class RemoteStateTest {
    private static final SourceLimits LIMITS = new SourceLimits(100, 100_000, 10_000, 60_000, Duration.ofSeconds(20));
    private static final String ID = "0123456789012345678901234567890123456789";
    private static final String SECRET = "a-token-of-the-operator";

    @TempDir
    private Path folder;

    private GitServer server;
    private Git project;

    @BeforeEach
    void serve() throws Exception {
        server = new GitServer();
        project = Git.init()
                .setInitialBranch("main")
                .setDirectory(folder.resolve("project").toFile())
                .call();
        server.serve("/project.git", project.getRepository());
    }

    @AfterEach
    void stop() {
        server.close();
        project.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsABranchATagAndACommit(boolean remote) throws Exception {
        commit("one.txt");
        String first = project.getRepository().resolve("HEAD").name();
        project.tag()
                .setName("v1")
                .setAnnotated(true)
                .setMessage("One")
                .setSigned(false)
                .call();
        project.tag().setName("light").setAnnotated(false).call();
        project.checkout().setCreateBranch(true).setName("topic/two").call();
        commit("docs/two.txt");
        project.checkout().setName("main").call();
        String location = remote ? server.url("/project.git") : "project";

        assertThat(files(location, "topic/two", null)).containsExactlyInAnyOrder("one.txt", "docs/two.txt");
        assertThat(files(location, "refs/heads/topic/two", null)).hasSize(2);
        assertThat(files(location, "topic/two", "docs/")).containsExactly("two.txt");
        assertThat(files(location, "v1", null)).containsExactly("one.txt");
        assertThat(files(location, "light", null)).containsExactly("one.txt");
        assertThat(files(location, first, null)).containsExactly("one.txt");
        assertRefused(
                source(location, "v2", null), REPOSITORY_REF_NOT_FOUND, "Branches: main, topic/two. Tags: light, v1.");
        assertRefused(source(location, ID, null), REPOSITORY_REF_NOT_FOUND, "commit '" + ID + "'");
        for (String part : List.of(first.substring(0, 7), first.substring(0, 39), first.substring(0, 4))) {
            assertRefused(source(location, part, null), REPOSITORY_REF_NOT_FOUND, "give the id with all its 40 digits");
        }
        assertRefused(source(location, "v1", "docs"), REPOSITORY_REF_NOT_FOUND, "no folder 'docs' at v1");
        assertRefused(source(location, "v1", "one.txt"), REPOSITORY_REF_NOT_FOUND, "no folder 'one.txt'");
    }

    @ParameterizedTest
    @CsvSource({"a..b,", "-x y,", "a\u0001b,", ", ../project", ", docs/../..", ", a//b", ", /etc"})
    void refusesWhatIsNoRefOrPath(@Nullable String ref, @Nullable String path) {
        for (String location : List.of(server.url("/project.git"), "project")) {
            assertThatExceptionOfType(Rejection.class)
                    .isThrownBy(() -> inspector().admit(source(location, ref, path)))
                    .satisfies(refused -> assertThat(refused.problem()).isEqualTo(REPOSITORY_SELECTION_INVALID));
        }
    }

    @Test
    void readsAFolderOfAWorkingTreeAsItLiesThere() throws Exception {
        write("docs/new.txt");

        assertThat(files("project", null, "docs")).containsExactly("new.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/project.git", "project/.git"})
    void saysThatARepositoryIsEmpty(String place) {
        String location = place.startsWith("/") ? server.url(place) : place;

        assertRefused(source(location, null, null), REPOSITORY_EMPTY, "is empty: it has no commits yet.");
        assertRefused(source(location, "main", null), REPOSITORY_EMPTY, "is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/project.git", "project/.git"})
    void saysThatTheDefaultBranchIsUnbornAndWhatElseThereIs(String place) throws Exception {
        commit("one.txt");
        project.getRepository().updateRef(Constants.HEAD, false).link("refs/heads/unborn");
        String location = place.startsWith("/") ? server.url(place) : place;

        assertRefused(
                source(location, null, null),
                REPOSITORY_EMPTY,
                "no commit on its default branch yet; name another branch as 'ref'. Branches: main.");
        assertThat(files(location, "main", null)).containsExactly("one.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/project.git", "project/.git"})
    void saysThatThereAreTagsOnly(String place) throws Exception {
        commit("one.txt");
        project.tag().setName("v1").setAnnotated(false).call();
        project.getRepository().updateRef(Constants.HEAD, false).link("refs/heads/unborn");
        RefUpdate branch = project.getRepository().updateRef("refs/heads/main");
        branch.setForceUpdate(true);
        branch.delete();
        String location = place.startsWith("/") ? server.url(place) : place;

        assertRefused(
                source(location, null, null),
                REPOSITORY_EMPTY,
                "has tags but no branch; name one of its tags as 'ref'");
        assertThat(files(location, "v1", null)).containsExactly("one.txt");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysThatSha256IsNotSupported(boolean versionTwo) {
        String id = ID + ID.substring(0, 24);
        String advertisement = line("# service=git-upload-pack\n") + "0000"
                + (versionTwo
                        ? line("version 2\n")
                                + line("ls-refs=unborn\n")
                                + line("fetch=shallow\n")
                                + line("object-format=sha256\n")
                        : line(id + " HEAD\0 shallow object-format=sha256 agent=git/2\n"))
                + "0000";
        server.answers("/sha256.git/info/refs", "advertisement", advertisement.getBytes(ISO_8859_1));
        server.answers("/sha256.git/git-upload-pack", "result", (line(id + " HEAD\n") + "0000").getBytes(ISO_8859_1));

        assertRefused(source(server.url("/sha256.git"), null, null), REPOSITORY_UNSUPPORTED, "SHA-256");
    }

    @Test
    void saysThatSha256IsNotSupportedInAFolderToo() throws Exception {
        Path config = folder.resolve("project/.git/config");
        Files.writeString(config, Files.readString(config) + "[extensions]\n\tobjectFormat = sha256\n");

        assertRefused(source("project", "main", null), REPOSITORY_UNSUPPORTED, "SHA-256");
    }

    @ParameterizedTest
    @ValueSource(longs = {2_000_000_000L, 4_294_967_295L, 6_667})
    void refusesAPackThatAnnouncesMoreObjectsThanCouldBeSent(long objects) {
        servePack(objects);

        assertRefused(
                source(server.url("/huge.git"), null, null),
                REPOSITORY_TOO_LARGE,
                "announces " + objects + " objects, more than the 6666 that could be sent");
    }

    @Test
    void goesOnWithAPackThatAnnouncesWhatCouldBeSent() {
        servePack(6_666);

        assertRefused(source(server.url("/huge.git"), null, null), REPOSITORY_UNREACHABLE, "cannot be read");
    }

    @Test
    void readsABareRepositoryAsItsNewestCommit() throws Exception {
        commit("one.txt");
        Git.cloneRepository()
                .setBare(true)
                .setURI(folder.resolve("project").toUri().toString())
                .setDirectory(folder.resolve("all/bare.git").toFile())
                .call()
                .close();
        Files.writeString(folder.resolve("all/beside.txt"), "x");

        assertThat(files("all/bare.git", null, null)).containsExactly("one.txt");
        assertThat(files("all", null, null)).containsExactly("beside.txt");
    }

    @Test
    void readsNothingThatARepositoryKeepsElsewhere() throws Exception {
        commit("one.txt");
        Files.writeString(
                Files.createDirectories(folder.resolve("project/.git/objects/info"))
                        .resolve("alternates"),
                folder.resolve("elsewhere") + "\n");

        assertRefused(source("project", "main", null), REPOSITORY_UNSUPPORTED, "keeps a part of itself elsewhere");
        assertRefused(
                source("scratchless", "main", null),
                dev.polyphony.inspection.SourceProblem.REPOSITORY_NOT_FOUND,
                "scratchless");
    }

    @Test
    void sendsATokenToItsServerAndNowhereElse() throws Exception {
        commit("one.txt");
        try (GitServer other = new GitServer()) {
            GitToken token = new GitToken(URI.create(server.url("")), "x-access-token", SECRET);
            server.demand(token.authorization());
            other.serve("/project.git", project.getRepository());
            server.redirect("/moved.git/info/refs", other.url("/project.git/info/refs?service=git-upload-pack"));
            TreeInspector inspector = inspector(Map.of("ours", token), Set.of(server.port(), other.port()));

            assertThat(inspector
                            .inspect(with("ours", server.url("/project.git")), List.of())
                            .files())
                    .isEqualTo(1);
            assertThat(inspector
                            .inspect(with("ours", server.url("/moved.git")), List.of())
                            .files())
                    .isEqualTo(1);

            assertThat(other.authorizations()).isNotEmpty().containsOnly("null");
            assertRefused(source(server.url("/project.git"), null, null), REPOSITORY_UNREACHABLE, "without a token");
            assertThatExceptionOfType(Rejection.class)
                    .isThrownBy(() -> inspector.admit(with("ours", other.url("/project.git"))))
                    .satisfies(refused -> assertThat(refused.problem()).isEqualTo(REPOSITORY_TOKEN_UNKNOWN));
            assertThatExceptionOfType(Rejection.class)
                    .isThrownBy(() -> inspector.admit(with("theirs", server.url("/project.git"))))
                    .withMessageContaining("no git token 'theirs'");
            assertThat(token.toString()).doesNotContain(SECRET);
        }
    }

    private void servePack(long objects) {
        String advertisement = line("# service=git-upload-pack\n") + "0000"
                + line(ID + " HEAD\0shallow multi_ack_detailed no-done symref=HEAD:refs/heads/main\n")
                + line(ID + " refs/heads/main\n") + "0000";
        StringBuilder pack = new StringBuilder(line("shallow " + ID + "\n") + "0000" + line("NAK\n") + "PACK\0\0\0\2");
        for (int shift = 24; shift >= 0; shift -= 8) {
            pack.append((char) ((objects >> shift) & 0xff));
        }
        server.answers("/huge.git/info/refs", "advertisement", advertisement.getBytes(ISO_8859_1));
        server.answers("/huge.git/git-upload-pack", "result", pack.toString().getBytes(ISO_8859_1));
    }

    private static String line(String text) {
        return "%04x%s".formatted(text.length() + 4, text);
    }

    private static Source.Repository source(String location, @Nullable String ref, @Nullable String path) {
        return new Source.Repository(location, ref, path, null);
    }

    private static Source.Repository with(String token, String location) {
        return new Source.Repository(location, null, null, token);
    }

    private List<String> files(String location, @Nullable String ref, @Nullable String path) {
        Inspection inspection = inspector().inspect(source(location, ref, path), List.of());
        return inspection.largestFiles().stream().map(FileSize::file).toList();
    }

    private void assertRefused(Source source, Problem problem, String words) {
        assertThatExceptionOfType(Rejection.class)
                .isThrownBy(() -> inspector().inspect(source, List.of()))
                .withMessageContaining(words)
                .satisfies(refused -> assertThat(refused.problem()).isEqualTo(problem));
    }

    private TreeInspector inspector() {
        return inspector(Map.of(), Set.of(server.port()));
    }

    private TreeInspector inspector(Map<String, GitToken> tokens, Set<Integer> ports) {
        OkHttpClient guarded = new OkHttpClient.Builder()
                .socketFactory(new GuardedSockets(ports))
                .build();
        return new TreeInspector(
                new RepositoriesRoot(folder, folder.resolve("data")),
                new GitRemotes(guarded, (_, _) -> {}, folder.resolve("data/scratch"), tokens),
                LIMITS);
    }

    private void write(String path) throws IOException {
        Path file = project.getRepository().getWorkTree().toPath().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "text of " + path + "\n");
    }

    private void commit(String path) throws Exception {
        write(path);
        project.add().addFilepattern(".").call();
        project.commit()
                .setMessage("Change")
                .setAuthor("A", "a@example.org")
                .setCommitter("A", "a@example.org")
                .setSign(false)
                .call();
    }
}
