package dev.polyphony.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The gateway that others have written for Node, from npm. */
final class Portkey {
    private static final Path SOURCE = Path.of("src/bench/node");

    private Portkey() {}

    /** Null where there is no Node to run it. */
    static @Nullable Child start(Path directory) throws IOException, InterruptedException {
        if (!Stream.of("node", "npm").allMatch(Portkey::isOnThePath)) {
            return null;
        }
        Path home = Files.createDirectories(directory.resolve("node"));
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.toList()) {
                Files.copy(file, home.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        int status = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(home.toFile())
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("npm ci ended with status " + status);
        }
        int port = Child.freePort();
        ProcessBuilder command = new ProcessBuilder(
                        "node",
                        "node_modules/@portkey-ai/gateway/build/start-server.js",
                        "--headless",
                        "--port=" + port)
                .directory(home.toFile());
        command.environment().put("NODE_ENV", "production");
        return Child.start(command, port, directory.resolve("portkey.log")).ready("/");
    }

    static Contender contender(Child child, Child vendor) {
        return new Contender(
                child.port(),
                "/v1/chat/completions",
                Map.of(
                        "Authorization",
                        "Bearer vendor-key",
                        "x-portkey-provider",
                        "openai",
                        "x-portkey-custom-host",
                        "http://" + Load.HOST + ":" + vendor.port() + "/v1"),
                "large");
    }

    private static boolean isOnThePath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
