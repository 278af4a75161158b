package dev.polyphony.bench;

import dev.polyphony.identity.ApiKeySecret;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * {@code mvn -Pbench-inbound verify -pl orchestration-app -am -DskipTests -Dbench.main=AccessBenchmark} runs it: what a key costs a request, and
 * what wrong keys cost others. Clients and server share the machine; processor time is the server's alone.
 */
final class AccessBenchmark {
    private static final String KEY = "bench-admin-key-of-at-least-32-characters";
    private static final String OPEN = "/live";
    private static final String CLOSED = "/api/v1/webhooks/00000000-0000-0000-0000-000000000000";
    private static final int ROUNDS = 7;
    private static final int WARM_UP = 60_000;
    private static final int REQUESTS = 30_000;
    private static final int CLIENTS = 8;
    private static final int GOOD_PER_SECOND = 200;
    private static final int WRONG_PER_SECOND = 1_000;
    private static final int SECONDS = 10;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final double NANOS_PER_MICRO = 1_000;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(64));
    private final SecureRandom random = new SecureRandom();
    private final Child server;
    private final Figures figures;

    private AccessBenchmark(Child server, Figures figures) {
        this.server = server;
        this.figures = figures;
    }

    /** @param arguments where to write, and the packaged server */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        Path home = Files.createTempDirectory("polyphony-bench");
        int port = Child.freePort();
        List<String> command = List.of(
                "-jar",
                arguments[1],
                "--server.port=" + port,
                "--polyphony.api-key=" + KEY,
                "--polyphony.data-dir=" + home.resolve("data"),
                "--polyphony.sample=false",
                "--polyphony.provider-catalogue=false");
        try (Child server = Child.java(port, directory.resolve("access-server.log"), command)) {
            server.ready("/ready");
            AccessBenchmark benchmark = new AccessBenchmark(server, new Figures(directory));
            benchmark.measureKeys();
            benchmark.measureWrongKeys();
            benchmark.vertx.close().await();
        } finally {
            FileSystemUtils.deleteRecursively(home);
        }
    }

    private void measureKeys() throws InterruptedException {
        burst(OPEN, null, WARM_UP);
        burst(OPEN, KEY, WARM_UP);
        double[] without = new double[ROUNDS];
        double[] more = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            without[round] = burst(OPEN, null, REQUESTS);
            more[round] = burst(OPEN, KEY, REQUESTS) - without[round];
        }
        figures.say("processor time of a request without a key", without, "µs");
        figures.say("processor time that a key adds", more, "µs");
    }

    /** Microseconds of the server's processor time for each request. */
    private double burst(String path, @Nullable String key, int requests) throws InterruptedException {
        CountDownLatch running = new CountDownLatch(CLIENTS);
        AtomicInteger left = new AtomicInteger(requests);
        long before = server.processorNanos();
        for (int i = 0; i < CLIENTS; i++) {
            vertx.runOnContext(_ -> again(request(path, key), left, running));
        }
        running.await();
        return (server.processorNanos() - before) / NANOS_PER_MICRO / requests;
    }

    private void again(RequestOptions request, AtomicInteger left, CountDownLatch running) {
        if (left.decrementAndGet() < 0) {
            running.countDown();
            return;
        }
        client.request(request)
                .compose(sent -> sent.send())
                .compose(response -> response.body())
                .onSuccess(_ -> again(request, left, running))
                .onFailure(_ -> running.countDown());
    }

    private void measureWrongKeys() throws InterruptedException {
        paced(SECONDS, false);
        double[] alone = new double[ROUNDS];
        double[] beside = new double[ROUNDS];
        double[] ratio = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            alone[round] = paced(SECONDS, false);
            beside[round] = paced(SECONDS, true);
            ratio[round] = beside[round] / alone[round];
        }
        figures.say("99 of 100 good requests are answered within", alone, "µs");
        figures.say("the same beside 1,000 wrong keys a second", beside, "µs");
        figures.say("ratio", ratio, "");
    }

    /** Good requests at a steady pace; the time within which 99 of 100 are answered, from when each was due. */
    private double paced(int seconds, boolean attacked) throws InterruptedException {
        int good = GOOD_PER_SECOND * seconds;
        long[] nanos = new long[good];
        CountDownLatch answered = new CountDownLatch(good);
        long start = System.nanoTime();
        int wrongPerGood = attacked ? WRONG_PER_SECOND / GOOD_PER_SECOND : 0;
        for (int i = 0; i < good; i++) {
            long due = start + i * (NANOS_PER_SECOND / GOOD_PER_SECOND);
            LockSupport.parkNanos(due - System.nanoTime());
            int index = i;
            vertx.runOnContext(_ -> client.request(request(CLOSED, KEY))
                    .compose(sent -> sent.send())
                    .compose(response -> response.body())
                    .onComplete(_ -> {
                        nanos[index] = System.nanoTime() - due;
                        answered.countDown();
                    }));
            for (int wrong = 0; wrong < wrongPerGood; wrong++) {
                String key = ApiKeySecret.generate(random).value();
                vertx.runOnContext(_ -> client.request(request(CLOSED, key))
                        .compose(sent -> sent.send())
                        .compose(response -> response.body()));
            }
        }
        answered.await();
        Arrays.sort(nanos);
        return nanos[good * 99 / 100] / NANOS_PER_MICRO;
    }

    private RequestOptions request(String path, @Nullable String key) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(Load.HOST)
                .setPort(server.port())
                .setURI(path);
        return key == null ? request : request.putHeader("X-API-Key", key);
    }
}
