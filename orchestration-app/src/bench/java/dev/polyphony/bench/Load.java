package dev.polyphony.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Eight clients on connections that stay open, each of which asks again as soon as it has its reply. */
final class Load implements AutoCloseable {
    static final String HOST = "127.0.0.1";
    static final String REPLY =
            "Finding F2 is a security risk, because the token is written to a log that others may read.";

    private static final int CLIENTS = 8;
    private static final int OK = 200;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(CLIENTS));

    /** How many requests a second are answered, and answered well. */
    double perSecond(Contender contender, boolean streamed, int seconds) throws InterruptedException {
        Round round = new Round(contender, streamed, System.nanoTime() + (long) (seconds * NANOS_PER_SECOND));
        vertx.runOnContext(_ -> round.begin());
        return round.await() / (double) seconds;
    }

    @Override
    public void close() {
        vertx.close().await();
    }

    private final class Round {
        private final RequestOptions options;
        private final Buffer question;
        private final String end;
        private final long until;
        private final CountDownLatch running = new CountDownLatch(CLIENTS);
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private volatile long answered;

        Round(Contender contender, boolean streamed, long until) {
            this.until = until;
            options = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setHost(HOST)
                    .setPort(contender.port())
                    .setURI(contender.path());
            contender.headers().forEach(options::putHeader);
            options.putHeader("Content-Type", "application/json");
            end = streamed ? "data: [DONE]" : REPLY;
            question = Buffer.buffer("""
                {"model":"%s","messages":[{"role":"system","content":"You review findings and answer in one sentence."},\
                {"role":"user","content":"Which finding is a security risk? F1: a method is too long. F2: a token is logged."}],\
                "temperature":0.2,"max_tokens":120,"stream":%s}\
                """.formatted(contender.model(), streamed));
        }

        void begin() {
            for (int i = 0; i < CLIENTS; i++) {
                again();
            }
        }

        private void again() {
            client.request(options)
                    .compose(request -> request.send(question))
                    .compose(response -> response.body().map(body -> read(response.statusCode(), body)))
                    .onSuccess(_ -> next())
                    .onFailure(this::fail);
        }

        private Future<Void> read(int status, Buffer body) {
            String text = body.toString();
            if (status != OK || !text.contains(end)) {
                throw new IllegalStateException("answered %d: %s".formatted(status, text));
            }
            return Future.succeededFuture();
        }

        /** All clients are on one thread. */
        @SuppressWarnings("NonAtomicVolatileUpdate")
        private void next() {
            if (System.nanoTime() < until) {
                answered++;
                again();
            } else {
                running.countDown();
            }
        }

        private void fail(Throwable thrown) {
            failure.set(thrown);
            running.countDown();
        }

        long await() throws InterruptedException {
            running.await();
            Throwable thrown = failure.get();
            if (thrown != null) {
                throw new IllegalStateException("a request failed", thrown);
            }
            return answered;
        }
    }
}
