package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs of this machine and of others, run as processes. */
final class Programs {
    private static final int TIMEOUT_MINUTES = 5;

    private Programs() {}

    /** Skips the test where one of them is missing. */
    static void assumeOnPath(String... programs) {
        for (String program : programs) {
            assumeTrue(isOnPath(program), program + " is not on the PATH: what needs it is skipped");
        }
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** What the program printed; fails when it fails. */
    static String run(Path directory, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile(directory, "run", ".log");
        Process process = start(directory, environment, log, command);
        boolean ended = process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        String printed = Files.readString(log);
        assertThat(ended && process.exitValue() == 0)
                .as("%s printed%n%s", List.of(command), printed)
                .isTrue();
        return printed;
    }

    static Process start(Path directory, Map<String, String> environment, Path log, String... command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }
}
