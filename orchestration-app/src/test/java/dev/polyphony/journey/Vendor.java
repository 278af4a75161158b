package dev.polyphony.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A model vendor with an OpenAI-compatible API, on a real socket, that does what a test tells it to do. */
final class Vendor implements AutoCloseable {
    static final MockResponse BROKEN = new MockResponse.Builder()
            .code(503)
            .body("{\"error\":{\"message\":\"overloaded\"}}")
            .build();

    private final MockWebServer server = new MockWebServer();
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private volatile Function<String, MockResponse> behaviour;

    Vendor(Function<String, MockResponse> behaviour) {
        this.behaviour = behaviour;
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String question =
                        request.getBody() == null ? "" : request.getBody().utf8();
                questions.add(question);
                return Vendor.this.behaviour.apply(question);
            }
        });
        try {
            server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static MockResponse says(String text) {
        return says(text, "stop");
    }

    /** @param reason why it stopped, such as {@code length} */
    static MockResponse says(String text, String reason) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body("""
                    {"id":"c1","object":"chat.completion","created":1,"model":"test-model",
                     "choices":[{"index":0,"finish_reason":"%s","message":{"role":"assistant","content":"%s"}}],
                     "usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}\
                    """.formatted(reason, text))
                .build();
    }

    /** The list of its models; nothing is asked for it. */
    static MockResponse lists(String model) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body("{\"object\":\"list\",\"data\":[{\"id\":\"%s\",\"object\":\"model\"}]}".formatted(model))
                .build();
    }

    /** @param arguments a JSON object, escaped as within a JSON string */
    static MockResponse calls(String tool, String arguments) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body("""
                    {"id":"c1","object":"chat.completion","created":1,"model":"test-model",
                     "choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":null,
                       "tool_calls":[{"id":"call-1","type":"function","function":{"name":"%s","arguments":"%s"}}]}}],
                     "usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}\
                    """.formatted(tool, arguments))
                .build();
    }

    /** @param pieces of text, each in an event of its own, and then the end with its tokens */
    static MockResponse streams(String... pieces) {
        StringBuilder events = new StringBuilder();
        for (String piece : pieces) {
            events.append(event("""
                {"choices":[{"index":0,"delta":{"content":"%s"}}]}\
                """.formatted(piece)));
        }
        events.append(event("""
            {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\
            """));
        events.append(event("""
            {"choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}\
            """));
        return eventStream(events + "data: [DONE]\n\n");
    }

    /** @param arguments a JSON object, escaped as within a JSON string */
    static MockResponse streamsCall(String tool, String arguments) {
        return eventStream(event("""
            {"choices":[{"index":0,"delta":{"tool_calls":[
              {"index":0,"id":"call-1","type":"function","function":{"name":"%s","arguments":"%s"}}]}}]}\
            """.formatted(tool, arguments).replace("\n", "")) + event("""
                {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}\
                """) + "data: [DONE]\n\n");
    }

    /** A stream that ends after its first piece, without its terminator. */
    static MockResponse breaksOffAfter(String piece) {
        return eventStream(event("""
            {"choices":[{"index":0,"delta":{"content":"%s"}}]}\
            """.formatted(piece)));
    }

    /** @param error as the vendor writes it: a JSON object */
    static MockResponse breaksOffWith(String piece, String error) {
        return eventStream(event("""
            {"choices":[{"index":0,"delta":{"content":"%s"}}]}\
            """.formatted(piece)) + "data: {\"error\":" + error + "}\n\n");
    }

    private static String event(String json) {
        return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"test-model\","
                + json.strip().substring(1) + "\n\n";
    }

    private static MockResponse eventStream(String events) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "text/event-stream")
                .body(events)
                .build();
    }

    void behaves(Function<String, MockResponse> next) {
        behaviour = next;
    }

    long timesAsked(String words) {
        return questions.stream().filter(question -> question.contains(words)).count();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getPort() + "/v1";
    }

    @Override
    public void close() {
        server.close();
    }
}
