package dev.polyphony;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launch script with a Java that only writes down what it is asked for. */
class LaunchScriptTest {
    private static final Path SCRIPT = Path.of("bin/polyphony").toAbsolutePath();
    private static final String NOBODY = "99999999";

    /** Unpacks, records unless it is {@code broken}, and otherwise starts; tells of the environment what a recording must not see. */
    private static final String JAVA = """
        #!/bin/sh
        jdk=$(dirname "$0")/..
        for last; do :; done
        case "$*" in
        *-Djarmode=tools*)
            echo unpack >>"$jdk/calls"
            mkdir -p "$last/lib" && echo unpacked >"$last/polyphony.jar"
            ;;
        *-XX:AOTCacheOutput=*)
            echo "record${POLYPHONY_API_KEY:+ with the key}" >>"$jdk/calls"
            [ -f "$jdk/broken" ] && exit 1
            for option; do
                case "$option" in -XX:AOTCacheOutput=*) echo recorded >"${option#*=}" ;; esac
            done
            ;;
        *) echo "$*" >>"$jdk/calls" ;;
        esac
        """;

    @TempDir
    private Path directory;

    private Path versions = Path.of("");

    @BeforeEach
    void install() throws IOException {
        executable("polyphony", Files.readString(SCRIPT));
        executable("jdk/bin/java", JAVA);
        save("jdk/release", "JAVA_VERSION=\"25.0.3\"\n");
        save("polyphony.jar", "one");
        versions = directory.toRealPath().resolve(".polyphony-start");
    }

    @Test
    void startsFromWhatTheFirstStartHasPrepared() throws Exception {
        assertThat(run("--server.port=8081")).contains("preparing fast starts");
        assertThat(run()).isEmpty();

        String start = "-XX:+ExitOnOutOfMemoryError -XX:AOTCache=%1$s/cache -Xlog:aot*=off -jar %1$s/polyphony.jar"
                .formatted(prepared());
        assertThat(calls()).containsExactly("unpack", "record", start + " --server.port=8081", start);
        assertThat(prepared().resolve("cache")).hasContent("recorded");
    }

    @Test
    void preparesAnewForAnotherJar() throws Exception {
        run("prepare");
        Path first = prepared();
        save("polyphony.jar", "two");
        run("prepare");

        assertThat(calls()).containsExactly("unpack", "record", "unpack", "record");
        assertThat(prepared()).isNotEqualTo(first);
    }

    @Test
    void preparesAnewForAnotherJava() throws Exception {
        run("prepare");
        save("jdk/release", "JAVA_VERSION=\"25.0.4\"\n");
        run("prepare");

        assertThat(calls()).containsExactly("unpack", "record", "unpack", "record");
    }

    @Test
    void keepsAnOlderVersionAsLongAsAServerRunsFromIt() throws Exception {
        run("prepare");
        Path first = prepared();
        Files.createFile(first.resolve("used-by." + ProcessHandle.current().pid()));
        save("polyphony.jar", "two");
        run("prepare");
        assertThat(first).exists();

        Files.delete(first.resolve("used-by." + ProcessHandle.current().pid()));
        Files.createFile(first.resolve("used-by." + NOBODY));
        save("polyphony.jar", "three");
        run("prepare");
        assertThat(first).doesNotExist();
    }

    @Test
    void twoFirstStartsAtOnceDoNotHurtEachOther() throws Exception {
        List<Process> starts = List.of(start(), start(), start());
        for (Process start : starts) {
            assertThat(start.waitFor(60, SECONDS)).isTrue();
            assertThat(start.exitValue()).isZero();
        }

        assertThat(calls()).filteredOn(call -> call.contains("-XX:AOTCache=")).hasSize(3);
        assertThat(children(prepared()))
                .filteredOn(name -> !name.startsWith("used-by."))
                .containsExactlyInAnyOrder("cache", "lib", "log", "polyphony.jar");
    }

    @Test
    void doesNotUseWhatAKilledStartHasLeftHalfMade() throws Exception {
        save(".polyphony-start/new." + NOBODY + "/polyphony.jar", "half");
        run("prepare");
        Files.delete(prepared().resolve("log"));
        Files.delete(prepared().resolve("cache"));
        save(prepared().resolve("recording." + NOBODY + "/cache").toString(), "half");
        run();

        assertThat(children(prepared())).contains("cache", "log").doesNotContain("recording." + NOBODY);
        assertThat(prepared().resolve("cache")).hasContent("recorded");
    }

    @Test
    void startsAsWellWhereNothingCanBePrepared() throws Exception {
        save(".polyphony-start", "a file where the directory would be");

        assertThat(run("--debug")).isEmpty();
        assertThat(calls())
                .containsExactly("-XX:+ExitOnOutOfMemoryError -jar %s --debug"
                        .formatted(directory.toRealPath().resolve("polyphony.jar")));
        assertThat(start("prepare").waitFor()).isEqualTo(1);
    }

    @Test
    void doesNotRepeatARecordingThatFailed() throws Exception {
        save("jdk/broken", "");
        run();
        run();

        String start = "-XX:+ExitOnOutOfMemoryError -XX:AOTCache=%1$s/cache -Xlog:aot*=off -jar %1$s/polyphony.jar"
                .formatted(prepared());
        assertThat(calls()).containsExactly("unpack", "record", start, start);
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit", "settings", "--help", "-h", "--version", "-V"})
    void preparesNothingForACommand(String command) throws Exception {
        run(command);

        assertThat(calls())
                .containsExactly("-XX:+ExitOnOutOfMemoryError -jar %s %s"
                        .formatted(directory.toRealPath().resolve("polyphony.jar"), command));
        assertThat(versions).doesNotExist();
    }

    @Test
    void saysThatThereIsNoJar() throws Exception {
        Files.delete(directory.resolve("polyphony.jar"));

        assertThat(run()).contains("mvn package");
    }

    private String run(String... arguments) throws Exception {
        Process start = start(arguments);
        String output = new String(start.getInputStream().readAllBytes(), UTF_8);
        start.waitFor();
        return output;
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(directory.resolve("polyphony").toString()), Stream.of(arguments))
                .toList();
        ProcessBuilder script = new ProcessBuilder(command).redirectErrorStream(true);
        script.environment()
                .putAll(Map.of("JAVA_HOME", directory.resolve("jdk").toString(), "POLYPHONY_API_KEY", "secret"));
        return script.start();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(directory.resolve("jdk/calls"));
    }

    private Path prepared() throws IOException {
        assertThat(children(versions)).hasSize(1);
        return versions.resolve(children(versions).getFirst());
    }

    private static List<String> children(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString()).toList();
        }
    }

    private void executable(String name, String text) throws IOException {
        Files.setPosixFilePermissions(save(name, text), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path save(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
