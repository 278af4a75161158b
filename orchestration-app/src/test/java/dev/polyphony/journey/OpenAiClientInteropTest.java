package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The official OpenAI client for Node against our API. */
@Tag("interop")
class OpenAiClientInteropTest extends ServerTest {
    private static final String CONFIG = "/api/v1/ai-providers/vendor/config";

    @BeforeAll
    static void install() throws Exception {
        NodeProject.install();
        VENDOR.behaves(OpenAiClientInteropTest::answer);
    }

    @AfterAll
    static void asBefore() {
        VENDOR.behaves(_ -> Vendor.says("The lighthouse is red."));
    }

    @Test
    void understandsIt() throws Exception {
        api().put(CONFIG, "{\"enabled\":true}");
        try {
            String printed = NodeProject.run(
                    Map.of("BASE_URL", "http://localhost:" + port() + "/openai/v1", "API_KEY", KEY),
                    "node",
                    "openai-client.mjs");

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
