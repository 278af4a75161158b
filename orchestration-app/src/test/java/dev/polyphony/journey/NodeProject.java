package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;

/** The packages and scripts of {@code src/test/interop}, installed below {@code target} by npm. */
final class NodeProject {
    private static final Path SOURCE = Path.of("src/test/interop");
    private static final Path INSTALLED = Path.of("target/interop");
    private static final String LOCK = "package-lock.json";

    private NodeProject() {}

    /** Skips the test where there is no Node. Downloads what the lock file names once for all tests, and again when it changes. */
    static synchronized void install() throws IOException, InterruptedException {
        Programs.assumeOnPath("node", "npm");
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

    /** What the program printed; fails when it fails. */
    static String run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        return Programs.run(INSTALLED, environment, command);
    }

    static Process start(Map<String, String> environment, Path log, String... command) throws IOException {
        return Programs.start(INSTALLED, environment, log, command);
    }
}
