package dev.polyphony.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that goes away while its model thinks: the call to the vendor is ended. */
class GoneClientTest extends ServerTest {
    private static final String CONFIG = "/api/v1/ai-providers/silent/config";

    @AfterEach
    void asBefore() {
        api().put(CONFIG, "{\"enabled\":false}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isNotPaidForAnyMore(boolean stream) throws Exception {
        api().put(CONFIG, "{\"enabled\":true}");
        leavesAfter(
                "/openai/v1/chat/completions",
                "{\"model\":\"silent\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"Hello?\"}]}"
                        .formatted(stream));
    }

    @Test
    void getsNoVectorsAnyMore() throws Exception {
        api().put(CONFIG, "{\"enabled\":true}");
        leavesAfter("/openai/v1/embeddings", "{\"model\":\"silent\",\"input\":\"Hello?\"}");
    }

    private void leavesAfter(String path, String body) throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port())) {
            client.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + KEY
                                    + "\r\nContent-Type: application/json\r\nContent-Length: "
                                    + body.getBytes(UTF_8).length + "\r\n\r\n" + body)
                            .getBytes(UTF_8));
            assertThat(SILENT.wasCalled()).isTrue();
        }
        assertThat(SILENT.sawItsCallerGo()).isTrue();
    }
}
