package dev.polyphony.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that goes away while its model thinks or speaks: the call to the vendor is ended. */
class GoneClientTest extends ServerTest {
    private static final String CONFIG = "/api/v1/ai-providers/silent/config";
    private static final String CHAT = "chat/completions";
    private static final String QUESTION =
            "{\"model\":\"silent\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"Hello?\"}]}";

    @BeforeEach
    void theVendorIsAsked() {
        api().put(CONFIG, "{\"enabled\":true}");
    }

    @AfterEach
    void asBefore() {
        SILENT.talks(false);
        api().put(CONFIG, "{\"enabled\":false}");
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void isNotPaidForAnyMore(boolean stream) throws Exception {
        try (Socket client = asking(CHAT, QUESTION.formatted(stream))) {
            assertThat(SILENT.wasCalled()).isTrue();
            assertThat(client.isConnected()).isTrue();
        }
        assertThat(SILENT.sawItsCallerGo()).isTrue();
    }

    @Test
    void isNotPaidForInTheMiddleOfAStream() throws Exception {
        SILENT.talks(true);
        try (Socket client = asking(CHAT, QUESTION.formatted(true));
                BufferedReader answer = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
            assertThat(SILENT.wasCalled()).isTrue();
            assertThat(answer.lines().anyMatch(line -> line.contains("and so on")))
                    .isTrue();
        }
        SILENT.goesOn();
        assertThat(SILENT.sawItsCallerGo()).isTrue();
    }

    @Test
    void isNotPaidForEmbeddings() throws Exception {
        try (Socket client = asking("embeddings", "{\"model\":\"silent\",\"input\":\"a red boat\"}")) {
            assertThat(SILENT.wasCalled()).isTrue();
            assertThat(client.isConnected()).isTrue();
        }
        assertThat(SILENT.sawItsCallerGo()).isTrue();
    }

    private Socket asking(String path, String body) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port());
        client.getOutputStream()
                .write(("POST /openai/v1/" + path + " HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + KEY
                                + "\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.getBytes(UTF_8).length + "\r\n\r\n" + body)
                        .getBytes(UTF_8));
        return client;
    }
}
