package dev.polyphony.providers.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.providers.chat.Sampling;
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
}
