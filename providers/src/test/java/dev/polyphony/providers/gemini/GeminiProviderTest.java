package dev.polyphony.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.contract.RecordingListener;
import dev.polyphony.providers.contract.VendorContract;
import dev.polyphony.providers.contract.VendorWire;
import java.time.Duration;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

class GeminiProviderTest extends VendorContract {
    @Override
    protected VendorWire wire() {
        return new GeminiWire();
    }

    @Test
    void sendsItsKeyInAHeaderAndNeverInTheUrl() throws InterruptedException {
        provider().stream(REQUEST, recorder(new RecordingListener()));

        RecordedRequest sent = received();
        assertThat(sent.getHeaders().get("x-goog-api-key")).isEqualTo("secret-key");
        assertThat(sent.getUrl().encodedPath()).isEqualTo("/v1beta/models/large:streamGenerateContent");
        assertThat(sent.getUrl().query()).isEqualTo("alt=sse");
    }

    @Test
    void tellsTheDelayThatTheBodyAsksFor() {
        server.answer(new MockResponse.Builder().code(429).body("""
            {"error": {"code": 429, "message": "You exceeded your current quota.", "status": "RESOURCE_EXHAUSTED",
             "details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "34.5s"}]}}
            """));

        assertThat(failure(REQUEST, ProviderProblem.PROVIDER_RATE_LIMITED).retryAfter())
                .isEqualTo(Duration.ofMillis(34_500));
    }

    @Test
    void takesAFilterOfTheFutureForOne() {
        server.answer(server.json(wire().reply("In F").replace("\"STOP\"", "\"AUDIO_SAFETY\"")));

        assertThat(failure(REQUEST, ProviderProblem.CONTENT_REFUSED)).hasMessageContaining("AUDIO_SAFETY");
    }

    /** Without {@code alt=sse} Gemini sends a list of its events, and proxies drop it. */
    @Test
    void readsAListOfEvents() {
        String list = (wire().streamBegin(List.of("In ", "F2.")) + wire().streamEnd())
                .replaceAll("(?m)^data: ", "")
                .strip()
                .replaceAll("\\R\\R", "\r\n,\r\n");
        server.answer(List.of(server.json("[" + list + "]"), server.json("[" + list.replace(",", ",\n") + "\n]\n")));

        assertThat(streamed().text()).isEqualTo("In F2.");
        assertThat(provider().reply(REQUEST).text()).isEqualTo("In F2.");
    }

    @Test
    void readsSeveralCallsOfOneName() {
        ToolCall call = new ToolCall("c", "get_weather", "{\"town\":\"Ulm\"}");

        assertThat(callsOf(wire().toolCallStream(List.of(call, call))))
                .extracting(ToolCall::arguments)
                .containsExactly("{\"town\":\"Ulm\"}", "{\"town\":\"Ulm\"}");
    }
}
