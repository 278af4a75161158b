package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What others make of our OpenAPI document: linters of Stoplight and Redocly, and the clients that openapi-generator writes. */
@Tag("interop")
class DescriptionInteropTest extends ServerTest {
    private static final Path DIRECTORY = Path.of("target/interop");
    private static final Path GENERATOR = Path.of("target/openapi-generator/openapi-generator-cli.jar");
    private static final int CHECKS = 5;

    @BeforeEach
    void fetch() throws Exception {
        NodeProject.install();
        Files.writeString(
                DIRECTORY.resolve("openapi.json"),
                stranger()
                        .patientFor(Duration.ofMinutes(5))
                        .get("/openapi.json")
                        .text());
    }

    @Test
    void satisfiesSpectral() throws Exception {
        NodeProject.run(Map.of(), tool("spectral"), "lint", "--ruleset", "spectral.json", "openapi.json");
    }

    @Test
    void satisfiesRedocly() throws Exception {
        NodeProject.run(
                Map.of("REDOCLY_TELEMETRY", "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"),
                tool("redocly"),
                "lint",
                "openapi.json");
    }

    @Test
    void makesClientsThatWork() throws Exception {
        PythonPackages.install();
        generate();

        NodeProject.run(Map.of(), tool("tsc"), "--project", "tsconfig.json");
        assertAllHold(NodeProject.run(server(), "node", "js/generated-client.js"));
        assertAllHold(PythonPackages.run(DIRECTORY.resolve("python"), server(), "../generated_client.py"));
    }

    private static void generate() throws IOException, InterruptedException {
        assertThat(GENERATOR).as("-Pinterop puts openapi-generator there").exists();
        Programs.run(
                DIRECTORY,
                Map.of(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                GENERATOR.toAbsolutePath().toString(),
                "batch",
                "generate-python.json",
                "generate-typescript.json");
    }

    private static String tool(String name) {
        return "node_modules/.bin/" + name;
    }

    private Map<String, String> server() {
        return Map.of("BASE_URL", "http://localhost:" + port(), "API_KEY", KEY);
    }

    private static void assertAllHold(String printed) {
        assertThat(printed.lines().filter(line -> line.startsWith("ok "))).hasSize(CHECKS);
    }
}
