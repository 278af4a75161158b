package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Schemathesis asks every operation what its description allows, and what it does not. The server is one of its own, because among that are
 * the requests that switch providers off, erase people and rebuild projections.
 */
@Tag("interop")
class FuzzedApiInteropTest {
    private static final int EXAMPLES = 3;
    private static final int SECONDS = 30;
    private static final int SEED = 17;

    /** For one reply, on a machine that is busy. */
    private static final int TIMEOUT = 120;

    @Test
    void answersWhateverIsAskedWithoutAServerError(@TempDir Path home) throws Exception {
        PythonPackages.install();
        try (Vendor vendor = new Vendor(_ -> Vendor.says("The lighthouse is red."));
                ServerProcess server = ServerProcess.start(home, vendor.baseUrl())) {
            Path description = home.resolve("openapi.json");
            Files.writeString(
                    description,
                    server.stranger()
                            .patientFor(Duration.ofMinutes(5))
                            .get("/openapi.json")
                            .text());

            String printed = PythonPackages.run(
                    home,
                    Map.of(),
                    "-m",
                    "schemathesis.cli",
                    "run",
                    description.toString(),
                    "--url=" + server.url(),
                    "--header=X-API-Key: " + ServerTest.KEY,
                    "--checks=not_a_server_error",
                    "--phases=examples,fuzzing",
                    "--max-examples=" + EXAMPLES,
                    "--max-time=" + SECONDS,
                    "--seed=" + SEED,
                    "--request-timeout=" + TIMEOUT,
                    "--suppress-health-check=all",
                    "--no-color");

            assertThat(printed).contains("Fuzzing", " passed").doesNotContainPattern("\\d+ (failed|errors?)\\b");
        }
    }
}
