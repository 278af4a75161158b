package dev.polyphony.journey;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/** The packages that {@code requirements.txt} names, installed below {@code target} by pip, for the scripts of {@link NodeProject}'s directory. */
final class PythonPackages {
    private static final Path REQUIREMENTS = Path.of("src/test/interop/requirements.txt");
    private static final Path INSTALLED = Path.of("target/interop-python");
    private static final Path STAMP = INSTALLED.resolve("installed.txt");

    private PythonPackages() {}

    /** Skips the test where there is no Python. Downloads once for all tests, and again when the list changes. */
    static synchronized void install() throws IOException, InterruptedException {
        Programs.assumeOnPath("python3", "pip");
        if (Files.exists(STAMP) && Files.mismatch(STAMP, REQUIREMENTS) < 0) {
            return;
        }
        Files.createDirectories(INSTALLED);
        run(
                Path.of("."),
                Map.of(),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-compile",
                "--upgrade",
                "--target",
                INSTALLED.toString(),
                "--requirement",
                REQUIREMENTS.toString());
        Files.copy(REQUIREMENTS, STAMP, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * What Python printed, which sees the packages and those in the directory itself; fails when it fails.
     *
     * @param arguments of the interpreter
     */
    static String run(Path directory, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("PYTHONPATH", INSTALLED.toAbsolutePath() + File.pathSeparator + directory.toAbsolutePath());
        all.put("PYTHONUTF8", "1");
        String[] command = new String[arguments.length + 1];
        command[0] = "python3";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Programs.run(directory, all, command);
    }
}
