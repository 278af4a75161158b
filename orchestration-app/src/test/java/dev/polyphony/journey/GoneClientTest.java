package dev.polyphony.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that goes away while its model thinks or speaks: the call to the vendor is ended. */
class GoneClientTest extends ServerTest {
    private static final String CONFIG = "/api/v1/ai-providers/silent/config";
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
    @CsvSource({
        "/openai/v1/chat/completions, false",
        "/openai/v1/chat/completions, true",
        "/ollama/api/chat, false",
        "/ollama/api/chat, true",
    })
    void isNotPaidForAnyMore(String path, boolean stream) throws Exception {
        try (Socket client = asking(path, QUESTION.formatted(stream))) {
            assertThat(SILENT.wasCalled()).isTrue();
            assertThat(client.isConnected()).isTrue();
        }
        assertThat(SILENT.sawItsCallerGo()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openai/v1/chat/completions", "/ollama/api/chat"})
    void isNotPaidForInTheMiddleOfAStream(String path) throws Exception {
        SILENT.talks(true);
        try (Socket client = asking(path, QUESTION.formatted(true));
                BufferedReader answer = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
            assertThat(SILENT.wasCalled()).isTrue();
            assertThat(answer.lines().anyMatch(line -> line.contains("and so on")))
                    .isTrue();
        }
        SILENT.goesOn();
        assertThat(SILENT.sawItsCallerGo()).isTrue();
    }

    /** Nothing is written to the client meanwhile, so that writing does not show that it has gone. */
    @ParameterizedTest
    @ValueSource(strings = {"/openai/v1/chat/completions", "/ollama/api/chat"})
    void isNotPaidForWhileTheModelThinksInTheMiddleOfAStream(String path) throws Exception {
        SILENT.talks(true);
        try (Socket client = asking(path, QUESTION.formatted(true));
                BufferedReader answer = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
            assertThat(SILENT.wasCalled()).isTrue();
            assertThat(answer.lines().anyMatch(line -> line.contains("and so on")))
                    .isTrue();
        }
        assertThat(SILENT.sawItsCallerGoWithin(Duration.ofSeconds(1))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openai/v1/embeddings", "/ollama/api/embed"})
    void isNotPaidForEmbeddings(String path) throws Exception {
        try (Socket client = asking(path, "{\"model\":\"silent\",\"input\":\"a red boat\"}")) {
            assertThat(SILENT.wasCalled()).isTrue();
            assertThat(client.isConnected()).isTrue();
        }
        assertThat(SILENT.sawItsCallerGo()).isTrue();
    }

    private Socket asking(String path, String body) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port());
        client.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + KEY
                                + "\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.getBytes(UTF_8).length + "\r\n\r\n" + body)
                        .getBytes(UTF_8));
        return client;
    }
}
