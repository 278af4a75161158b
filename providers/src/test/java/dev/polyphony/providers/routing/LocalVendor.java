package dev.polyphony.providers.routing;

import dev.polyphony.providers.config.ProviderProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/** A server on this machine that speaks OpenAI's API and answers everything as it was told last. */
final class LocalVendor implements AutoCloseable {
    private static final String USAGE = "{\"prompt_tokens\": 31, \"completion_tokens\": 7, \"total_tokens\": 38}";

    private final String name;
    private final MockWebServer server = new MockWebServer();
    private volatile Supplier<MockResponse.Builder> answer = () -> whole("fine");

    LocalVendor(String name) throws IOException {
        this.name = name;
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer.get().build();
            }
        });
        server.start(InetAddress.getLoopbackAddress(), 0);
    }

    String name() {
        return name;
    }

    /** @param idle the longest time between two tokens */
    ProviderProperties properties(Duration idle) {
        return new ProviderProperties(
                "openai",
                "http://127.0.0.1:" + server.getPort() + "/v1",
                null,
                "large",
                null,
                null,
                null,
                null,
                null,
                idle,
                idle,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    int requests() {
        return server.getRequestCount();
    }

    void answers(Supplier<MockResponse.Builder> with) {
        answer = with;
    }

    static MockResponse.Builder whole(String text) {
        return json(200, """
            {"id": "c", "object": "chat.completion", "created": 1, "model": "large-2", "usage": %s,
             "choices": [{"index": 0, "message": {"role": "assistant", "content": "%s"}, "finish_reason": "stop"}]}\
            """.formatted(USAGE, text));
    }

    static MockResponse.Builder json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/json")
                .body(body);
    }

    static MockResponse.Builder down() {
        return json(503, "{\"error\": {\"message\": \"overloaded\", \"type\": \"server_error\"}}");
    }

    static MockResponse.Builder stream(String... pieces) {
        return events(begin(pieces) + end());
    }

    static MockResponse.Builder events(String events) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "text/event-stream")
                .body(events);
    }

    /** Tells these events and then nothing for an hour. */
    static MockResponse.Builder silentAfter(String events) {
        return events(events + end()).throttleBody(events.length(), 1, TimeUnit.HOURS);
    }

    static MockResponse.Builder silent() {
        return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE);
    }

    static String begin(String... pieces) {
        return chunk("{\"role\": \"assistant\", \"content\": \"\"}", "null")
                + List.of(pieces).stream()
                        .map(piece -> chunk("{\"content\": \"%s\"}".formatted(piece), "null"))
                        .collect(Collectors.joining());
    }

    static String end() {
        return chunk("{}", "\"stop\"") + event("""
            {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "large-2", "choices": [], "usage": %s}\
            """.formatted(USAGE)) + event("[DONE]");
    }

    static String event(String payload) {
        return "data: " + payload + "\n\n";
    }

    private static String chunk(String delta, String reason) {
        return event("""
            {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "large-2",\
             "choices": [{"index": 0, "delta": %s, "finish_reason": %s}]}\
            """.formatted(delta, reason));
    }

    @Override
    public void close() {
        server.close();
    }
}
