package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packages and scripts of {@code src/test/interop}, installed below {@code target} by npm. */
final class NodeProject {
    private static final Path SOURCE = Path.of("src/test/interop");
    private static final Path INSTALLED = Path.of("target/interop");
    private static final String LOCK = "package-lock.json";
    private static final int MINUTES = 5;

    private NodeProject() {}

    /** Skips the test where there is no Node. Downloads what the lock file names once for all tests, and again when it changes. */
    static synchronized void install() throws IOException, InterruptedException {
        assumeTrue(
                Stream.of("node", "npm").allMatch(NodeProject::isOnThePath),
                "node and npm are not on the PATH: what needs other people's clients is skipped");
        boolean installed = isInstalled();
        Files.createDirectories(INSTALLED);
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.toList()) {
                Files.copy(file, INSTALLED.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!installed) {
            assertThat(run(Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"))
                    .as("npm ci")
                    .contains("added");
        }
    }

    /** The list of what is there is the last thing that npm writes. */
    private static boolean isInstalled() throws IOException {
        Path lock = INSTALLED.resolve(LOCK);
        return Files.exists(INSTALLED.resolve("node_modules/.package-lock.json"))
                && Files.exists(lock)
                && Files.mismatch(lock, SOURCE.resolve(LOCK)) < 0;
    }

    private static boolean isOnThePath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** What the program printed; fails when it fails. */
    static String run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile(INSTALLED, "run", ".log");
        Process process = start(environment, log, command);
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        String printed = Files.readString(log);
        assertThat(ended && process.exitValue() == 0)
                .as("%s printed%n%s", List.of(command), printed)
                .isTrue();
        return printed;
    }

    static Process start(Map<String, String> environment, Path log, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }
}
