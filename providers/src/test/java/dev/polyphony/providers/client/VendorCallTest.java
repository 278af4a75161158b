package dev.polyphony.providers.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.contract.PlainHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class VendorCallTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final MockWebServer server = new MockWebServer();
    private final PlainHttp http = new PlainHttp();

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

        SuccessfulHttpResponse response = call(1_000)
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
                .isThrownBy(() -> call(1_000).execute(post().body("{}").build()))
                .withMessage("teapot")
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(418));
    }

    @Test
    void sendsForms() throws InterruptedException {
        server.enqueue(new MockResponse.Builder().body("ok").build());
        HttpRequest form = post().addFormDataField("purpose", "test")
                .addFormDataFile("file", "a.txt", "text/plain", "content".getBytes(StandardCharsets.UTF_8))
                .build();

        call(1_000).execute(form);

        assertThat(server.takeRequest().getBody())
                .isNotNull()
                .satisfies(
                        body -> assertThat(body.utf8()).contains("name=\"purpose\"", "filename=\"a.txt\"", "content"));
    }

    @Test
    void stopsReadingAReplyThatIsTooLarge() {
        server.enqueue(new MockResponse.Builder().body("x".repeat(2_000)).build());

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> call(1_000).execute(post().body("{}").build()))
                .withCauseInstanceOf(ReplyTooLargeException.class);
    }

    @Test
    void givesUpOnAReplyThatTrickles() {
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(2_000))
                .throttleBody(1, 50, TimeUnit.MILLISECONDS)
                .build());

        assertThatExceptionOfType(CallFailure.class)
                .isThrownBy(() ->
                        call(limits(10_000, SHORT)).execute(post().body("{}").build()))
                .matches(failure -> failure.problem() == ProviderProblem.PROVIDER_TIMED_OUT);
    }

    @Test
    void saysWhenNoConnectionIsMade() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                Socket first = new Socket(InetAddress.ofLiteral("127.0.0.1"), full.getLocalPort());
                Socket second = new Socket(InetAddress.ofLiteral("127.0.0.1"), full.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            VendorClient hasty = new VendorClient(http.client(), SHORT);

            assertThatExceptionOfType(CallFailure.class)
                    .isThrownBy(() -> hasty.call(limits(1_000, LONG), new Rules(), UnaryOperator.identity())
                            .execute(get(full.getLocalPort())))
                    .withMessage("no connection within 300 ms")
                    .matches(failure -> failure.problem() == ProviderProblem.PROVIDER_CONNECT_TIMED_OUT);
        }
    }

    @Test
    void tellsAnErrorBehindSuccess() {
        server.enqueue(new MockResponse.Builder()
                .body("{\"error\": \"model 'x' not found\"}")
                .build());

        assertThatExceptionOfType(HttpFailure.class)
                .isThrownBy(() -> call(1_000).execute(post().body("{}").build()))
                .matches(HttpFailure::behindSuccess);
    }

    @Test
    void streamsEventsToOneEnd() {
        server.enqueue(events("data: 1\n\n: comment\n\ndata: 2\n\ndata: [DONE]\n\ndata: never read\n\n")
                .build());

        assertThat(stream(limits(10_000, LONG))).containsExactly("open 200", "1", "2", "[DONE]", "close");
        await().until(() -> http.client().dispatcher().runningCallsCount() == 0);
    }

    @Test
    void reportsARefusedStreamOnce() {
        server.enqueue(new MockResponse.Builder().code(503).body("busy").build());

        assertThat(stream(limits(10_000, LONG))).containsExactly("HttpFailure busy");
    }

    @Test
    void takesAnErrorEventForOneWhateverItSays() {
        server.enqueue(
                events("data: 1\n\nevent: error\ndata: overloaded, sorry\n\n").build());

        assertThat(stream(limits(10_000, LONG))).containsExactly("open 200", "1", "HttpFailure overloaded, sorry");
    }

    @Test
    void reportsAStreamThatFallsSilentOnce() {
        server.enqueue(events("data: 1\n\ndata: 2\n\n")
                .throttleBody(9, 1, TimeUnit.HOURS)
                .build());

        assertThat(stream(new CallLimits(LONG, SHORT, LONG, 10_000)))
                .containsExactly("open 200", "1", "CallFailure the stream fell silent for 300 ms after 1 events");
    }

    @Test
    void doesNotCountTheTimeThatTheListenerTakes() {
        server.enqueue(events("data: 1\n\ndata: 2\n\ndata: [DONE]\n\n").build());
        Heard slow = new Heard() {
            @Override
            public void onEvent(ServerSentEvent event) {
                await().pollDelay(SHORT.multipliedBy(2)).until(() -> true);
                super.onEvent(event);
            }
        };

        call(new CallLimits(LONG, SHORT, LONG, 10_000))
                .execute(post().body("{}").build(), new DefaultServerSentEventParser(), slow);

        assertThat(slow.all).containsExactly("open 200", "1", "2", "[DONE]", "close");
    }

    @Test
    void reportsAStreamThatBreaksOffOnce() {
        server.enqueue(events("data: 1\n\ndata: 2\n\n")
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());

        assertThat(stream(limits(10_000, LONG))).last().asString().contains("Exception");
    }

    @Test
    void reportsWhatTheListenerThrowsAndReadsNoMore() {
        server.enqueue(events("data: 1\n\ndata: 2\n\n").build());
        Heard throwing = new Heard() {
            @Override
            public void onEvent(ServerSentEvent event) {
                super.onEvent(event);
                throw new IllegalStateException("cannot read " + event.data());
            }
        };

        call(10_000).execute(post().body("{}").build(), new DefaultServerSentEventParser(), throwing);

        assertThat(throwing.all).containsExactly("open 200", "1", "IllegalStateException cannot read 1");
    }

    @Test
    void isCancelledFromAnotherThread() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        VendorCall call = call(10_000);
        Thread other = Thread.ofVirtual().start(() -> {
            await().until(() -> server.getRequestCount() == 1);
            call.cancel();
        });

        assertThatExceptionOfType(CallFailure.class)
                .isThrownBy(() -> call.execute(post().body("{}").build()))
                .matches(failure -> failure.problem() == ProviderProblem.PROVIDER_CALL_CANCELLED);
        assertThat(other).isNotNull();
    }

    private List<String> stream(CallLimits limits) {
        Heard heard = new Heard();
        call(limits).execute(post().body("{}").build(), new DefaultServerSentEventParser(), heard);
        return heard.all;
    }

    private VendorCall call(long maxBytes) {
        return call(limits(maxBytes, LONG));
    }

    private VendorCall call(CallLimits limits) {
        return new VendorClient(http.client(), LONG).call(limits, new Rules(), UnaryOperator.identity());
    }

    private static CallLimits limits(long maxBytes, Duration whole) {
        return new CallLimits(LONG, LONG, whole, maxBytes);
    }

    private static HttpRequest get(int port) {
        return HttpRequest.builder()
                .method(HttpMethod.GET)
                .url("http://127.0.0.1:%d/".formatted(port))
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

    private static final class Rules implements ResponseRules {
        @Override
        public Meaning meaningOf(ServerSentEvent event, JsonNode json) {
            return json.isMissingNode() ? Meaning.END : Meaning.CONTENT;
        }

        @Override
        public Optional<String> refusalIn(JsonNode json) {
            return Optional.empty();
        }
    }

    private static class Heard implements ServerSentEventListener {
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
