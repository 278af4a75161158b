package dev.polyphony.inspection.tree.git;

import static dev.polyphony.inspection.SourceProblem.REPOSITORY_TOO_LARGE;
import static dev.polyphony.inspection.SourceProblem.REPOSITORY_UNREACHABLE;
import static dev.polyphony.outbound.OutboundProblem.ADDRESS_FORBIDDEN;
import static dev.polyphony.outbound.OutboundProblem.URL_INVALID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.polyphony.inspection.Finding;
import dev.polyphony.inspection.Inspection;
import dev.polyphony.inspection.Inspection.FileSize;
import dev.polyphony.inspection.Source;
import dev.polyphony.inspection.tree.TreeInspector;
import dev.polyphony.inspection.tree.files.RepositoriesRoot;
import dev.polyphony.inspection.tree.files.SourceLimits;
import dev.polyphony.outbound.OutboundPolicy;
import dev.polyphony.shared.Problem;
import dev.polyphony.shared.Rejection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchRepositoryTest {
    private static final SourceLimits LIMITS = new SourceLimits(100, 100_000, 10_000, 60_000, Duration.ofSeconds(20));

    @TempDir
    private Path folder;

    private GitServer server;
    private Git project;

    @BeforeEach
    void serve() throws Exception {
        server = new GitServer();
        project = Git.init().setDirectory(folder.resolve("project").toFile()).call();
        write("README.md", "# Sample\n\n[gone](docs/gone.md) [there](src/A.java)\n");
        write("src/A.java", "// TODO handle retries\n"); // finding-marker
        write("node_modules/x/index.js", "x\n");
        Files.createSymbolicLink(work().resolve("link"), folder.resolve("elsewhere"));
        commit();
        server.serve("/project.git", project.getRepository());
    }

    @AfterEach
    void stop() {
        server.close();
        project.close();
    }

    @Test
    void readsTheNewestCommitAndLeavesNothingBehind() throws Exception {
        write("src/A.java", "// TODO handle retries twice\n"); // finding-marker
        commit();

        Inspection inspection = inspect(server.url("/project.git"), LIMITS);

        assertThat(inspection.source()).isEqualTo(server.url("/project.git"));
        assertThat(inspection.largestFiles())
                .extracting(FileSize::file)
                .containsExactlyInAnyOrder("README.md", "src/A.java");
        assertThat(inspection.findings())
                .extracting(Finding::message)
                .containsExactly(
                        "src/A.java line 1 leaves work open (TODO): handle retries twice.", // finding-marker
                        "README.md line 3 links to docs/gone.md, and there is no docs/gone.md.");
        assertNothingLeft();
    }

    @Test
    void sendsNothingButWhatGitNeeds() {
        inspect(server.url("/project.git"), LIMITS);

        assertThat(server.seen())
                .isNotEmpty()
                .allSatisfy(seen -> assertThat(seen.headers())
                        .isSubsetOf(
                                "Accept",
                                "Accept-encoding",
                                "Connection",
                                "Content-encoding",
                                "Content-length",
                                "Content-type",
                                "Git-protocol",
                                "Host",
                                "User-agent"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesLargeFilesOutWhetherOrNotTheServerCan(boolean filters) throws Exception {
        project.getRepository().getConfig().setBoolean("uploadpack", null, "allowFilter", filters);
        write("large.txt", noise(0, 40_000));
        commit();

        Inspection inspection = inspect(server.url("/project.git"), LIMITS);

        assertThat(inspection.files()).isEqualTo(2);
        assertThat(inspection.skippedFiles()).isEqualTo(1);
    }

    @Test
    void refusesToReceiveMoreThanItMay() throws Exception {
        for (int i = 0; i < 20; i++) {
            write("noise" + i + ".txt", noise(i, 9_000));
        }
        commit();

        assertRefused(server.url("/project.git"), REPOSITORY_TOO_LARGE, "more than 60000 bytes");
    }

    @Test
    void stopsAServerThatNeverStopsTalking() {
        server.endless("/endless.git");

        assertRefused(server.url("/endless.git"), REPOSITORY_TOO_LARGE, "more than 60000 bytes");
    }

    @Test
    void refusesAnObjectThatWouldFillTheMemory() throws Exception {
        write("zeros.txt", "0".repeat(200_000));
        commit();

        assertRefused(server.url("/project.git"), REPOSITORY_TOO_LARGE, "too large to be received");
    }

    @Test
    void givesUpOnAServerThatDoesNotAnswer() throws Exception {
        SourceLimits hurried = new SourceLimits(100, 100_000, 10_000, 60_000, Duration.ofMillis(300));
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/project.git";

            assertThatExceptionOfType(Rejection.class)
                    .isThrownBy(() -> inspector(Set.of(silent.getLocalPort()), (_, _) -> {}, hurried)
                            .inspect(new Source.Repository(url), List.of()))
                    .withMessageContaining("not delivered within")
                    .satisfies(refused -> assertThat(refused.problem()).isEqualTo(REPOSITORY_UNREACHABLE));
        }
        assertNothingLeft();
    }

    @Test
    void saysWhatIsWrongWithAnAddress() throws Exception {
        server.page("/page", 200, "<html>Welcome</html>").page("/private.git", 401, "who are you?");

        assertRefused(server.url("/page"), REPOSITORY_UNREACHABLE, "does not answer as a git server");
        assertRefused(server.url("/missing.git"), REPOSITORY_UNREACHABLE, "has no repository there");
        assertRefused(server.url("/private.git"), REPOSITORY_UNREACHABLE, "only public repositories");
        assertRefused("http://no-such-host.invalid/a.git", REPOSITORY_UNREACHABLE, "does not resolve");
        assertRefused("http://127.0.0.1:1/a.git", REPOSITORY_UNREACHABLE, "does not accept the connection");
    }

    @Test
    void followsARedirectToAnotherPlaceOfTheRepository() {
        server.redirect("/old.git/info/refs", server.url("/project.git/info/refs?service=git-upload-pack"));

        assertThat(inspect(server.url("/old.git"), LIMITS).files()).isEqualTo(2);
    }

    @Test
    void refusesARedirectThatThePolicyForbids() {
        server.redirect("/moved.git/info/refs", "http://10.0.0.1/project.git/info/refs?service=git-upload-pack");
        OutboundPolicy policy = (url, parameter) -> {
            if (url.getHost().startsWith("10.")) {
                throw ADDRESS_FORBIDDEN
                        .because(url + " is private")
                        .about(parameter, url.toString(), "a public address");
            }
        };

        assertThatExceptionOfType(Rejection.class)
                .isThrownBy(() -> inspector(Set.of(server.port()), policy, LIMITS)
                        .inspect(new Source.Repository(server.url("/moved.git")), List.of()))
                .satisfies(refused -> assertThat(refused.problem()).isEqualTo(ADDRESS_FORBIDDEN));
    }

    @Test
    void refusesARedirectThatTheClientForbids() {
        server.redirect("/moved.git/info/refs", "http://127.0.0.1:1/project.git/info/refs?service=git-upload-pack");

        assertRefused(server.url("/moved.git"), REPOSITORY_UNREACHABLE, "does not accept the connection");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/info/refs", "ftp://127.0.0.1/info/refs"})
    void followsNoRedirectToAnotherScheme(String target) {
        server.redirect("/moved.git/info/refs", target);

        assertRefused(server.url("/moved.git"), REPOSITORY_UNREACHABLE, "cannot be read");
    }

    @Test
    void admitsWhatThePolicyAdmits() {
        OutboundPolicy none = (url, parameter) -> {
            throw ADDRESS_FORBIDDEN.because(parameter + " " + url + " is private");
        };

        assertThatExceptionOfType(Rejection.class)
                .isThrownBy(
                        () -> inspector(Set.of(), none, LIMITS).admit(new Source.Repository("http://10.0.0.1/a.git")))
                .withMessage("repository http://10.0.0.1/a.git is private");
        assertThatExceptionOfType(Rejection.class)
                .isThrownBy(() -> inspector(Set.of(), none, LIMITS).admit(new Source.Repository("http://a b/c")))
                .satisfies(refused -> assertThat(refused.problem()).isEqualTo(URL_INVALID));
    }

    @Test
    void removesWhatAKilledProcessLeftBehind() throws Exception {
        Path left = Files.createDirectories(scratch().resolve("clone-left/objects"));
        Files.writeString(left.resolve("pack"), "x");
        Files.setLastModifiedTime(left.getParent(), FileTime.from(Instant.now().minus(Duration.ofHours(3))));

        inspect(server.url("/project.git"), LIMITS);

        assertNothingLeft();
    }

    private void assertRefused(String url, Problem problem, String words) throws Rejection {
        assertThatExceptionOfType(Rejection.class)
                .isThrownBy(() -> inspect(url, LIMITS))
                .withMessageContaining(words)
                .withMessageContaining(url)
                .satisfies(refused -> assertThat(refused.problem()).isEqualTo(problem));
        assertThat(scratch()).isEmptyDirectory();
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> left = Files.list(scratch())) {
            assertThat(left).isEmpty();
        }
    }

    private Inspection inspect(String url, SourceLimits limits) {
        return inspector(Set.of(server.port()), (_, _) -> {}, limits).inspect(new Source.Repository(url), List.of());
    }

    private TreeInspector inspector(Set<Integer> ports, OutboundPolicy policy, SourceLimits limits) {
        OkHttpClient guarded = new OkHttpClient.Builder()
                .socketFactory(new GuardedSockets(ports))
                .build();
        return new TreeInspector(
                new RepositoriesRoot(folder, folder.resolve("data")),
                new GitRemotes(guarded, policy, scratch(), Map.of()),
                limits);
    }

    private Path scratch() {
        return folder.resolve("scratch");
    }

    private Path work() {
        return project.getRepository().getWorkTree().toPath();
    }

    private void write(String path, String text) throws IOException {
        Path file = work().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void commit() throws Exception {
        project.add().addFilepattern(".").call();
        project.commit()
                .setMessage("Change")
                .setAuthor("A", "a@example.org")
                .setCommitter("A", "a@example.org")
                .setSign(false)
                .call();
    }

    /** Does not compress: the same every time. */
    private static String noise(int seed, int characters) {
        return new Random(seed)
                .ints(characters, '!', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
