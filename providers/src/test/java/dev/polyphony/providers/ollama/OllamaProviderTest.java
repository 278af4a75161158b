package dev.polyphony.providers.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.providers.chat.Sampling;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.contract.VendorContract;
import dev.polyphony.providers.contract.VendorServer;
import dev.polyphony.providers.contract.VendorWire;
import java.time.Duration;
import java.util.List;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

class OllamaProviderTest extends VendorContract {
    @Override
    protected VendorWire wire() {
        return new OllamaWire();
    }

    @Test
    void sendsOptionsToItsOwnInterface() throws InterruptedException {
        provider().reply(REQUEST.withSampling(new Sampling(null, null, 120, List.of(), 42L)));

        RecordedRequest sent = received();
        assertThat(sent.getUrl().encodedPath()).isEqualTo("/api/chat");
        assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer secret-key");
        assertThat(VendorServer.body(sent)).contains("\"seed\":42", "\"num_predict\":120", "\"stream\":false");
    }

    @Test
    void knowsThatTheLatestNeedsNoTag() {
        server.answer(server.json(wire().list(List.of("large:latest", "small:1b"))));

        assertThat(provider().models(Duration.ofSeconds(30)).orElseThrow())
                .containsExactlyInAnyOrder("large:latest", "large", "small:1b");
    }

    @Test
    void readsSeveralCallsAtOnePlace() {
        assertThat(callsOf(calls("{\"index\": 0, \"name\": \"get_weather\", \"arguments\": {\"town\": \"Ulm\"}}")
                        + calls("{\"index\": 0, \"name\": \"get_weather\", \"arguments\": {\"town\": \"Bonn\"}}")
                        + wire().streamEnd()))
                .extracting(ToolCall::arguments)
                .containsExactly("{\"town\":\"Ulm\"}", "{\"town\":\"Bonn\"}");
    }

    /** Servers that pass on what others wrote. */
    @Test
    void readsCallsWhosePartsInterleave() {
        assertThat(callsOf(calls("{\"index\": 0, \"name\": \"get_weather\", \"arguments\": \"{\\\"town\\\":\"}")
                        + calls("{\"index\": 1, \"name\": \"get_time\", \"arguments\": \"{\\\"zone\\\":\"}")
                        + calls("{\"index\": 0, \"arguments\": \"\\\"Ulm\\\"}\"}")
                        + calls("{\"index\": 1, \"arguments\": \"\\\"CET\\\"}\"}")
                        + wire().streamEnd()))
                .extracting(ToolCall::arguments)
                .containsExactly("{\"town\":\"Ulm\"}", "{\"zone\":\"CET\"}");
    }

    private static String calls(String function) {
        return "{\"model\": \"m\", \"message\": {\"content\": \"\", \"tool_calls\": [{\"function\": %s}]}, \"done\": false}\n"
                .formatted(function);
    }
}
