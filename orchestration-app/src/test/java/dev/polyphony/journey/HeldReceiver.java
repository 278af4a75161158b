package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/**
 * A receiver of webhooks that lets callers wait until it is released, then refuses what it was told before and quotes it, and
 * accepts all that comes later.
 */
final class HeldReceiver extends Dispatcher {
    private static final int PATIENCE = 60;

    private final MockWebServer server = new MockWebServer();
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<String> before = new CopyOnWriteArrayList<>();
    private final List<String> after = new CopyOnWriteArrayList<>();

    MockWebServer start() throws IOException {
        server.setDispatcher(this);
        server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
        return server;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
        String body = String.valueOf(
                request.getBody() == null ? null : request.getBody().utf8());
        if (released.getCount() == 0) {
            after.add(body);
            return new MockResponse.Builder().code(204).build();
        }
        before.add(body);
        released.await(PATIENCE, SECONDS);
        return new MockResponse.Builder()
                .code(500)
                .body("cannot take " + body.substring(Math.max(0, body.indexOf("fears"))))
                .build();
    }

    void release() {
        released.countDown();
    }

    String url() {
        return "http://127.0.0.1:" + server.getPort() + "/hook";
    }

    List<String> beforeTheErasure() {
        return before;
    }

    List<String> afterTheErasure() {
        return after;
    }
}
