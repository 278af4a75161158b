package dev.polyphony.providers.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.json.JsonMapper;

/** A vendor's server: it answers a question with a stream or whole, as the question wants it. */
public final class VendorServer implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final VendorWire wire;

    VendorServer(VendorWire wire) {
        this.wire = wire;
    }

    void start(InetAddress address) throws IOException {
        server.start(address, 0);
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getPort() + path);
    }

    /** Answers everything in the same way: texts with this one, texts to be made vectors of with a vector each. */
    void answerReply(String text) {
        answer(request -> {
            String path = request.getUrl().encodedPath();
            String body = request.getBody() == null ? "" : request.getBody().utf8();
            if (path.contains("embed") || path.contains("Embed")) {
                return json(wire.vectors(2));
            }
            boolean streamed = path.contains("stream") || body.replace(" ", "").contains("\"stream\":true");
            int half = text.length() / 2;
            return streamed
                    ? events(
                            wire.streamBegin(List.of(text.substring(0, half), text.substring(half))) + wire.streamEnd())
                    : json(wire.reply(text));
        });
    }

    public void answer(MockResponse.Builder response) {
        answer(_ -> response);
    }

    /** Answers one request after the other; the last answer is repeated. */
    public void answer(List<MockResponse.Builder> responses) {
        Iterator<MockResponse.Builder> next = responses.iterator();
        MockResponse.Builder last = responses.getLast();
        answer(_ -> next.hasNext() ? next.next() : last);
    }

    private void answer(Answers answers) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public synchronized MockResponse dispatch(RecordedRequest request) {
                return answers.to(request).build();
            }
        });
    }

    private interface Answers {
        MockResponse.Builder to(RecordedRequest request);
    }

    public MockResponse.Builder json(String body) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .body(body);
    }

    public MockResponse.Builder events(String body) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "text/event-stream")
                .body(body);
    }

    public RecordedRequest take() throws InterruptedException {
        return server.takeRequest();
    }

    /** The body of the next request. */
    public String sent() throws InterruptedException {
        return body(take());
    }

    /** The request's body, without spaces that mean nothing. */
    public static String body(RecordedRequest request) {
        String body = Objects.requireNonNull(request.getBody()).utf8();
        return JsonMapper.shared().readTree(body).toString();
    }

    public int requests() {
        return server.getRequestCount();
    }

    @Override
    public void close() {
        server.close();
    }
}
