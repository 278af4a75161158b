package dev.polyphony.providers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LangChainHttpClientTest {
    private final MockWebServer server = new MockWebServer();
    private final OutboundHttp http =
            new OutboundHttp(new OutboundAddresses(List.of("127.0.0.1"), Dns.SYSTEM), Duration.ofSeconds(5));

    @BeforeEach
    void start() throws IOException {
        server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    @Test
    void sendsAndReceivesWithHeaders() throws InterruptedException {
        server.enqueue(
                new MockResponse.Builder().body("ok").addHeader("X-Limit", "7").build());

        SuccessfulHttpResponse response = client(1_000, Duration.ofSeconds(5))
                .execute(post().addHeader("X-Test", "1").body("{\"é\":1}").build());

        assertThat(response.body()).isEqualTo("ok");
        assertThat(response.headers().get("x-limit")).containsExactly("7");
        var received = server.takeRequest();
        assertThat(received.getHeaders().get("X-Test")).isEqualTo("1");
        assertThat(received.getBody())
                .isNotNull()
                .satisfies(body -> assertThat(body.utf8()).isEqualTo("{\"é\":1}"));
    }

    @Test
    void throwsStatusAndBodyOfARefusal() {
        server.enqueue(new MockResponse.Builder().code(418).body("teapot").build());

        assertThatExceptionOfType(HttpException.class)
                .isThrownBy(() -> client(1_000, Duration.ofSeconds(5))
                        .execute(post().body("{}").build()))
                .withMessage("teapot")
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(418));
    }

    @Test
    void sendsForms() throws InterruptedException {
        server.enqueue(new MockResponse.Builder().body("ok").build());
        HttpRequest form = post().addFormDataField("purpose", "test")
                .addFormDataFile("file", "a.txt", "text/plain", "content".getBytes(StandardCharsets.UTF_8))
                .build();

        client(1_000, Duration.ofSeconds(5)).execute(form);

        assertThat(server.takeRequest().getBody())
                .isNotNull()
                .satisfies(
                        body -> assertThat(body.utf8()).contains("name=\"purpose\"", "filename=\"a.txt\"", "content"));
    }

    @Test
    void stopsReadingAReplyThatIsTooLarge() {
        server.enqueue(new MockResponse.Builder().body("x".repeat(2_000)).build());

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> client(1_000, Duration.ofSeconds(5))
                        .execute(post().body("{}").build()))
                .withCauseInstanceOf(ReplyTooLargeException.class);
    }

    @Test
    void givesUpOnAReplyThatTrickles() {
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(2_000))
                .throttleBody(1, 50, TimeUnit.MILLISECONDS)
                .build());

        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> client(10_000, Duration.ofMillis(300))
                        .execute(post().body("{}").build()));
    }

    @Test
    void streamsEventsToOneEnd() {
        server.enqueue(events("data: one\n\ndata: two\n\n").build());
        Heard heard = new Heard();

        stream(heard, Duration.ofSeconds(5));

        await().untilAsserted(() -> assertThat(heard.all).containsExactly("open 200", "one", "two", "close"));
        await().until(() -> http.client().dispatcher().runningCallsCount() == 0);
    }

    @Test
    void reportsARefusedStreamOnce() {
        server.enqueue(new MockResponse.Builder().code(503).body("busy").build());
        Heard heard = new Heard();

        stream(heard, Duration.ofSeconds(5));

        await().untilAsserted(() -> assertThat(heard.all).containsExactly("HttpException busy"));
    }

    @Test
    void reportsAStreamThatFallsSilentOnce() {
        server.enqueue(events("data: one\n\ndata: two\n\n")
                .throttleBody(11, 1, TimeUnit.HOURS)
                .build());
        Heard heard = new Heard();

        stream(heard, Duration.ofMillis(300));

        await().untilAsserted(() -> assertThat(heard.all).hasSize(3).contains("open 200", "one"));
        assertThat(heard.all.getLast()).startsWith("TimeoutException");
    }

    @Test
    void reportsAStreamThatBreaksOffOnce() {
        server.enqueue(events("data: one\n\ndata: two\n\n")
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());
        Heard heard = new Heard();

        stream(heard, Duration.ofSeconds(5));

        await().untilAsserted(() ->
                assertThat(heard.all).isNotEmpty().last().asString().contains("Exception"));
        assertThat(heard.all).doesNotContain("close");
    }

    private void stream(ServerSentEventListener listener, Duration silence) {
        client(10_000, silence).execute(post().body("{}").build(), new DefaultServerSentEventParser(), listener);
    }

    private HttpClient client(long maxBytes, Duration readTimeout) {
        return new LangChainHttpClientBuilder(http.client(), maxBytes)
                .readTimeout(readTimeout)
                .build();
    }

    private HttpRequest.Builder post() {
        return HttpRequest.builder().method(HttpMethod.POST).url("http://127.0.0.1:%d/".formatted(server.getPort()));
    }

    private static MockResponse.Builder events(String body) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "text/event-stream")
                .body(body);
    }

    private static final class Heard implements ServerSentEventListener {
        private final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        public void onOpen(SuccessfulHttpResponse response) {
            all.add("open " + response.statusCode());
        }

        @Override
        public void onEvent(ServerSentEvent event) {
            all.add(event.data());
        }

        @Override
        public void onError(Throwable error) {
            all.add(error.getClass().getSimpleName() + " " + error.getMessage());
        }

        @Override
        public void onClose() {
            all.add("close");
        }
    }
}
