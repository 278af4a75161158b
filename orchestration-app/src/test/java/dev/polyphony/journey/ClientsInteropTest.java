package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official clients of OpenAI and Ollama for Node against our API. */
@Tag("interop")
class ClientsInteropTest extends ServerTest {
    private static final String CONFIG = "/api/v1/ai-providers/vendor/config";

    @BeforeAll
    static void install() throws Exception {
        NodeProject.install();
        VENDOR.behaves(ClientsInteropTest::answer);
    }

    @AfterAll
    static void asBefore() {
        VENDOR.behaves(_ -> Vendor.says("The lighthouse is red."));
    }

    @ParameterizedTest
    @CsvSource({"openai-client.mjs, /openai/v1", "ollama-client.mjs, /ollama"})
    void areUnderstood(String script, String path) throws Exception {
        api().put(CONFIG, "{\"enabled\":true}");
        try {
            String printed = NodeProject.run(
                    Map.of("BASE_URL", "http://localhost:" + port() + path, "API_KEY", KEY), "node", script);

            assertThat(printed.lines().filter(line -> line.startsWith("ok "))).hasSize(8);
        } finally {
            api().put(CONFIG, "{\"enabled\":false}");
        }
    }

    private static MockResponse answer(String question) {
        if (question.contains("break off")) {
            return Vendor.breaksOffAfter("Half a");
        }
        if (question.contains("12 degrees")) {
            return Vendor.says("It is 12 degrees.");
        }
        if (question.contains("Tells the weather.")) {
            return Vendor.calls("weather", "{\\\"city\\\":\\\"Kiel\\\"}");
        }
        boolean streams = question.replace(" ", "").contains("\"stream\":true");
        return streams ? Vendor.streams("Red", " and", " white.") : Vendor.says("The lighthouse is red.");
    }
}
