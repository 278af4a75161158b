package dev.polyphony.providers.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.contract.PlainHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
                    .isThrownBy(() -> hasty.call(limits(1_000, LONG)).execute(get(full.getLocalPort())))
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
    void readsEventsUpToTheLastOne() {
        server.enqueue(events("data: {\"n\":1}\n\n: comment\n\ndata: {\"n\":2}\n\ndata: [DONE]\n\ndata: {\"n\":3}\n\n")
                .build());

        assertThat(stream(limits(10_000, LONG))).containsExactly("1", "2", "[DONE]");
        await().until(() -> http.client().dispatcher().runningCallsCount() == 0);
    }

    /** Line ends, byte-order marks, missing empty lines, JSON over several lines, lists, bare JSON, and signs of life. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"n\":1}\r\n\r\ndata: {\"n\":2}\r\n\r\ndata: [DONE]\r\n\r\n",
                "data: {\"n\":1}\r\rdata:{\"n\":2}\r\rdata: [DONE]\r\r",
                "\uFEFFdata: {\"n\":1}\n\ndata: \uFEFF{\"n\":2}\n\ndata:[DONE]",
                "data: {\"n\":1}\ndata: {\"n\":2}\ndata: [DONE]\n",
                "data: {\ndata: \"n\": 1\ndata: }\n\nid: 7\nretry: 9\nevent: next\ndata: {\"n\":2}\n\ndata: [DONE]\n\n",
                "data: ping\n\ndata: keep-alive {1}\n\ndata: {\"n\":1}\n\ndata: {\"n\":2}\n\ndata: [DONE]\n\n",
                "data\n\ndata:\n\ndata: {\"n\":1}\n\ndata: null\n\ndata: {\"n\":2}\n\ndata: [DONE]\n\n",
                "event: ping\ndata: 12:30\n\ndata: {\"n\":1}\n\ndata: \"on\"\n\ndata: {\"n\":2}\n\ndata: [DONE]\n\n",
                "{\"n\":1}\n\n{\"n\":2}\ndata: [DONE]\n\n",
                "\uFEFF[{\"n\":1}\r\n,\r\n{\n\"n\": 2,\n\"text\": \"}]{\\\"\"}]\ndata: [DONE]",
                "data: [{\"n\":1},{\"n\":2}]\n\ndata: [DONE]\n\n",
            })
    void readsEventsInWhateverFormTheyCome(String body) {
        server.enqueue(events(body).throttleBody(3, 1, TimeUnit.MILLISECONDS).build());

        assertThat(stream(limits(10_000, LONG))).containsExactly("1", "2", "[DONE]");
    }

    @Test
    void throwsTheRefusalOfAStream() {
        server.enqueue(new MockResponse.Builder().code(503).body("busy").build());

        assertThatExceptionOfType(HttpFailure.class)
                .isThrownBy(() -> stream(limits(10_000, LONG)))
                .withMessage("busy");
    }

    @Test
    void takesAnErrorEventForOneWhateverItSays() {
        server.enqueue(events("data: {\"n\":1}\n\nevent: error\ndata: overloaded, sorry\n\n")
                .build());

        assertThatExceptionOfType(HttpFailure.class)
                .isThrownBy(() -> stream(limits(10_000, LONG)))
                .withMessage("overloaded, sorry")
                .matches(HttpFailure::behindSuccess);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"no\"}}",
                "{\"error\":\"no\",\"n\":1}",
                "{\"error\":true,\"message\":\"no\"}",
                "[{\"error\":{\"code\":503}}]",
                "{\"object\":\"error\",\"message\":\"no\"}",
                "{\"type\":\"error\",\"message\":\"no\"}",
                "{\"choices\":[{\"error\":{\"code\":502}}]}",
                "{\"code\":\"InvalidParameter\",\"message\":\"no\",\"request_id\":\"r\"}",
                "{\"status\":500,\"msg\":\"no\"}",
                "{\"message\":\"no\"}",
                "{\"detail\":\"no\"}",
                "{\"success\":false,\"errors\":[{\"code\":7}]}",
                "{\"base_resp\":{\"status_code\":1008,\"status_msg\":\"no\"}}",
            })
    void findsTheErrorInAnAnswerThatBeganWell(String error) {
        server.enqueue(events("data: {\"n\":1}\n\ndata: " + error + "\n\n").build());
        server.enqueue(new MockResponse.Builder().body(error).build());

        assertThatExceptionOfType(HttpFailure.class)
                .isThrownBy(() -> stream(limits(10_000, LONG)))
                .withMessage(error);
        assertThatExceptionOfType(HttpFailure.class)
                .isThrownBy(() -> call(10_000).read(post().body("{}").build(), new Numbers(), false))
                .withMessage(error.replaceAll("^\\[|]$", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"n\":1,\"error\":null}",
                "{\"n\":1,\"error\":{}}",
                "{\"n\":1,\"error\":\"\",\"errors\":[]}",
                "{\"n\":1,\"error\":false,\"code\":0}"
            })
    void takesNoErrorForOne(String event) {
        server.enqueue(events("data: {\"type\":\"ping\",\"message\":\"processing\"}\n\ndata: " + event
                        + "\n\ndata: [DONE]\n\n")
                .build());

        assertThat(stream(limits(10_000, LONG))).containsExactly("1", "[DONE]");
    }

    @Test
    void saysThatAStreamFellSilent() {
        server.enqueue(events("data: {\"n\":1}\n\ndata: {\"n\":2}\n\n")
                .throttleBody(15, 1, TimeUnit.HOURS)
                .build());

        assertThatExceptionOfType(CallFailure.class)
                .isThrownBy(() -> stream(new CallLimits(LONG, SHORT, LONG, 10_000)))
                .withMessage("the stream fell silent for 300 ms after 1 events");
    }

    @Test
    void doesNotTakeEmptyPartsForProgress() {
        server.enqueue(events("data: {\"n\":1}\n\n" + "data: {\"n\":\"\"}\n\n".repeat(200))
                .throttleBody(32, 50, TimeUnit.MILLISECONDS)
                .build());

        assertThatExceptionOfType(CallFailure.class)
                .isThrownBy(() -> stream(new CallLimits(LONG, SHORT, LONG, 10_000)))
                .matches(failure -> failure.problem() == ProviderProblem.PROVIDER_STALLED);
    }

    @Test
    void doesNotCountTheTimeThatTheReaderTakes() {
        server.enqueue(
                events("data: {\"n\":1}\n\ndata: {\"n\":2}\n\ndata: [DONE]\n\n").build());
        Numbers slow = new Numbers() {
            @Override
            public Step read(String name, JsonNode event) {
                await().pollDelay(SHORT.multipliedBy(2)).until(() -> true);
                return super.read(name, event);
            }
        };

        call(new CallLimits(LONG, SHORT, LONG, 10_000)).read(post().body("{}").build(), slow, true);

        assertThat(slow.all).containsExactly("1", "2", "[DONE]");
    }

    @Test
    void saysThatTheConnectionWasLost() {
        server.enqueue(events("data: {\"n\":1}\n\ndata: {\"n\":2}\n\n")
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> stream(limits(10_000, LONG)));
    }

    @Test
    void throwsWhatTheReaderThrowsAndEndsTheCall() {
        server.enqueue(events("data: {\"n\":1}\n\ndata: {\"n\":2}\n\n")
                .throttleBody(15, 1, TimeUnit.HOURS)
                .build());
        Numbers throwing = new Numbers() {
            @Override
            public Step read(String name, JsonNode event) {
                super.read(name, event);
                throw new IllegalStateException("cannot read it");
            }
        };

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> call(10_000).read(post().body("{}").build(), throwing, true))
                .withMessage("cannot read it");
        assertThat(throwing.all).containsExactly("1");
        assertThat(http.client().connectionPool().idleConnectionCount()).isZero();
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
        Numbers numbers = new Numbers();
        call(limits).read(post().body("{}").build(), numbers, true);
        return numbers.all;
    }

    private VendorCall call(long maxBytes) {
        return call(limits(maxBytes, LONG));
    }

    private VendorCall call(CallLimits limits) {
        return new VendorClient(http.client(), LONG).call(limits);
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

    /** Reads events that have a number. */
    private static class Numbers implements AnswerReader {
        private final List<String> all = new ArrayList<>();
        private boolean done;

        @Override
        public Step read(String name, JsonNode event) {
            done |= event.isMissingNode();
            String number = done ? "[DONE]" : event.path("n").asString("");
            if (!number.isEmpty()) {
                all.add(number);
            }
            return done ? Step.END : event.has("n") ? Step.PART : Step.NONE;
        }

        @Override
        public long progress() {
            return all.size();
        }

        @Override
        public boolean isFinished() {
            return done;
        }
    }
}
