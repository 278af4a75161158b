package dev.polyphony.providers.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that ends in the middle of a reply. Of those that end while llama.cpp computes, about one in twenty crashes. */
@Tag("interop")
class LlamaShutdownTest {
    private static final String SETTING = "POLYPHONY_TEST_GGUF";
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir
    private Path directory;

    private final Path model = Path.of(Optional.ofNullable(System.getProperty(SETTING))
            .or(() -> Optional.ofNullable(System.getenv(SETTING)))
            .orElse(SETTING + "-is-not-set"));

    @BeforeEach
    void needsAModel() {
        assumeThat(model).isRegularFile();
    }

    @Test
    void endsWithoutACrashWhileItWrites() throws Exception {
        stopWhileItWrites();
    }

    @Test
    void endsWithoutACrashWhileItReads() throws Exception {
        stopWhileItReads();
    }

    @RepeatedTest(20)
    @Tag("soak")
    void neverCrashes() throws Exception {
        stopWhileItReads();
        stopWhileItWrites();
    }

    private void stopWhileItWrites() throws Exception {
        Path mark = directory.resolve("writing");
        Process process = start(mark.toString());
        await().atMost(TIMEOUT).until(() -> Files.exists(mark) || !process.isAlive());
        process.destroy();

        ends(process, ENDED_BY_SIGTERM);
    }

    private void stopWhileItReads() throws Exception {
        ends(start(), 0);
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:-CreateCoredumpOnCrash",
                "-cp",
                System.getProperty("java.class.path"),
                LlamaProgram.class.getName(),
                model.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private void ends(Process process, int how) throws Exception {
        try {
            assertThat(process.waitFor(TIMEOUT)).as("ends in time").isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(directory.resolve("log")))
                    .isEqualTo(how);
            try (Stream<Path> left = Files.list(directory)) {
                assertThat(left.map(file -> file.getFileName().toString()))
                        .noneMatch(name -> name.startsWith("hs_err"));
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
