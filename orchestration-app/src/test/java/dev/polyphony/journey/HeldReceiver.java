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
final class HeldReceiver implements AutoCloseable {
    private static final int TIMEOUT = 60;

    private final MockWebServer server = new MockWebServer();
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<String> before = new CopyOnWriteArrayList<>();
    private final List<String> after = new CopyOnWriteArrayList<>();

    HeldReceiver() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                return answer(request.getBody() == null ? "" : request.getBody().utf8());
            }
        });
        server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
    }

    private MockResponse answer(String body) throws InterruptedException {
        if (released.getCount() == 0) {
            after.add(body);
            return new MockResponse.Builder().code(204).build();
        }
        before.add(body);
        boolean inTime = released.await(TIMEOUT, SECONDS);
        String quoted = body.substring(Math.max(0, body.indexOf("fears")));
        return new MockResponse.Builder()
                .code(inTime ? 500 : 503)
                .body("cannot take " + quoted)
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

    @Override
    public void close() {
        release();
        server.close();
    }
}
