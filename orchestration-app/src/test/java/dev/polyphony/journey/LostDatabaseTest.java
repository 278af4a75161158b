package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.journey.Api.Reply;
import dev.polyphony.postgres.StoppableDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** PostgreSQL dies under load and comes back: clients are told to come again, and nothing that was promised is lost. */
@Isolated("holds a server to seconds")
class LostDatabaseTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Logger LOG = LoggerFactory.getLogger(LostDatabaseTest.class);

    /** A client is promised an answer within 3 s. */
    private static final Duration CLIENT_PATIENCE = Duration.ofSeconds(5);

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String TRIGGER = "/api/v1/workflows/orchestrator/trigger";
    private static final int STEPS = 4;
    private static final int TOKENS = 18;
    private static final String SECOND_AGENT = "You weigh findings";

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private final ExecutorService load = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch thinking = new CountDownLatch(1);
    private final CountDownLatch hasThought = new CountDownLatch(1);
    private final MockWebServer receiver = new MockWebServer();
    private final List<String> heard = new ArrayList<>();
    private volatile boolean loaded = true;

    private record Answer(String request, int status, String retryAfter, long millis) {
        boolean keepsThePromise() {
            return status == 503
                    ? retryAfter.matches("\\d+")
                    : List.of(200, 201, 202).contains(status);
        }
    }

    @Test
    void isAnsweredForAndComesBackToAllItsWork(@TempDir Path home) throws Exception {
        diesAndComesBack(home, Duration.ofSeconds(3));
    }

    /** Long enough for whatever waits ever longer between its tries to be waiting when the database comes back. */
    @Test
    @Tag("soak")
    void isComeBackToAfterALongTimeToo(@TempDir Path home) throws Exception {
        diesAndComesBack(home, Duration.ofSeconds(40));
    }

    private void diesAndComesBack(Path home, Duration outage) throws Exception {
        receive();
        try (Vendor vendor = new Vendor(this::think);
                StoppableDatabase database =
                        StoppableDatabase.start(home.toRealPath().resolve("postgresql"));
                ServerProcess server = ServerProcess.start(
                        home,
                        vendor.baseUrl(),
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.application().role(),
                        "--spring.datasource.password=" + database.application().password(),
                        "--spring.flyway.user=" + database.owner().role(),
                        "--spring.flyway.password=" + database.owner().password(),
                        "--polyphony.budgets[0].name=all",
                        "--polyphony.budgets[0].scope=tenant",
                        "--polyphony.budgets[0].period=none",
                        "--polyphony.budgets[0].tokens=1000000000",
                        "--polyphony.webhooks.retry-waits=1s,1s,1s");
                AutoCloseable _ = () -> loaded = false) {
            Api api = server.api().patientFor(CLIENT_PATIENCE);
            subscribe(api);
            String interrupted = trigger(api, "The attic leaks.");
            assertThat(thinking.await(TIMEOUT.toSeconds(), SECONDS)).isTrue();
            put(api, interrupted);
            await().atMost(TIMEOUT).until(() -> answers.size() > 30 && !accepted.isEmpty());

            database.stopImmediately();
            await().atMost(TIMEOUT).until(() -> answers.stream().anyMatch(answer -> answer.status() == 503));
            hasThought.countDown();
            knowsNobodyWithoutItsDatabase(server);
            pause(outage);
            database.startAgain();

            await().atMost(Duration.ofSeconds(10)).until(() -> isServed(api, interrupted));
            pause(Duration.ofSeconds(2));
            accepted.add(interrupted);
            everythingIsKept(api);
        } finally {
            receiver.close();
        }
    }

    private void receive() throws IOException {
        receiver.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return new MockResponse.Builder().build();
            }
        });
        receiver.start(InetAddress.ofLiteral("127.0.0.1"), 0);
    }

    private void everythingIsKept(Api api) throws InterruptedException {
        loaded = false;
        load.shutdown();
        assertThat(load.awaitTermination(TIMEOUT.toSeconds(), SECONDS)).isTrue();
        measured();
        assertThat(answers).filteredOn(answer -> !answer.keepsThePromise()).isEmpty();
        for (String run : accepted) {
            assertThat(ended(api, run)).as(run).isEqualTo("completed");
        }
        assertThat(api.get("/api/v1/budgets")
                        .json()
                        .at("/budgets/0/spent/tokens")
                        .asLong())
                .as("what was spent in the outage is counted too")
                .isGreaterThanOrEqualTo((long) accepted.size() * STEPS * TOKENS);
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(delivered()).containsAll(accepted));
    }

    /** The second step of the first run takes as long as the outage lets it. */
    private MockResponse think(String question) {
        if (question.contains(SECOND_AGENT) && question.contains("attic")) {
            thinking.countDown();
            try {
                hasThought.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
        return Vendor.says("It leaks. [F1]");
    }

    private void put(Api api, String run) {
        List<Supplier<Reply>> requests = List.of(
                () -> api.get("/api/v1/events?limit=5"),
                () -> api.get(statusOf(run)),
                () -> api.get("/api/v1/webhooks"),
                () -> api.get("/ready"),
                () -> api.get("/api/v1/health"),
                () -> api.post(
                        "/api/v1/webhooks",
                        "{\"url\":\"%s\",\"events\":[\"workflow.failed\"]}".formatted(receiver.url("/other"))),
                () -> api.post(TRIGGER, "{\"input\":\"The cellar floods.\"}"));
        List<String> names = List.of(
                "GET events", "GET status", "GET webhooks", "GET ready", "GET health", "POST webhook", "POST trigger");
        for (int i = 0; i < requests.size(); i++) {
            String name = names.get(i);
            Supplier<Reply> request = requests.get(i);
            load.execute(() -> ask(name, request));
        }
    }

    private void ask(String name, Supplier<Reply> request) {
        while (loaded) {
            long begin = System.nanoTime();
            answers.add(answer(name, request, begin));
            pause(Duration.ofMillis(200));
        }
    }

    private Answer answer(String name, Supplier<Reply> request, long begin) {
        int status = 0;
        String told;
        try {
            Reply reply = request.get();
            status = reply.status();
            told = status == 503 ? reply.header("Retry-After") : "";
            if (status == 202) {
                accepted.add(reply.json().at("/workflow_id").asString());
            }
        } catch (UncheckedIOException unanswered) {
            told = unanswered.toString();
        }
        return new Answer(name, status, told, (System.nanoTime() - begin) / 1_000_000);
    }

    private void measured() {
        Map<String, String> perRequest = new TreeMap<>();
        answers.stream()
                .collect(Collectors.groupingBy(
                        answer -> answer.request() + " " + answer.status() + " retry-after=" + answer.retryAfter(),
                        Collectors.summarizingLong(Answer::millis)))
                .forEach((what, times) ->
                        perRequest.put(what, times.getCount() + " times, at most " + times.getMax() + " ms"));
        perRequest.forEach((what, times) -> LOG.info("{}: {}", what, times));
    }

    private static void knowsNobodyWithoutItsDatabase(ServerProcess server) {
        for (String key : List.of("another-key-of-at-least-32-characters", ServerTest.KEY)) {
            Reply reply = server.stranger().patientFor(CLIENT_PATIENCE).get("/api/v1/events", "X-API-Key", key);
            assertThat(reply.status()).as(reply.text()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).matches("\\d+");
        }
    }

    private void subscribe(Api api) {
        String body = "{\"url\":\"%s\",\"events\":[\"workflow.completed\"]}".formatted(receiver.url("/hook"));
        assertThat(api.post("/api/v1/webhooks", body).status()).isEqualTo(201);
    }

    private static String trigger(Api api, String input) {
        return api.post(TRIGGER, "{\"input\":\"%s\"}".formatted(input))
                .json()
                .at("/workflow_id")
                .asString();
    }

    private static boolean isServed(Api api, String run) {
        return api.get(statusOf(run)).status() == 200
                && api.post(TRIGGER, "{\"input\":\"It is dry.\"}").status() == 202
                && api.get("/ready").status() == 200;
    }

    private static String ended(Api api, String run) {
        return await().atMost(TIMEOUT)
                .until(
                        () -> api.get(statusOf(run)).json(),
                        reply -> List.of("completed", "failed")
                                .contains(reply.at("/status").asString()))
                .at("/status")
                .asString();
    }

    /** The runs whose end the receiver was told of. */
    private List<String> delivered() throws InterruptedException {
        for (RecordedRequest told = receiver.takeRequest(0, SECONDS);
                told != null;
                told = receiver.takeRequest(0, SECONDS)) {
            heard.add(
                    JSON.readTree(told.getBody().utf8()).at("/data/workflow_id").asString());
        }
        return heard;
    }

    private static String statusOf(String run) {
        return "/api/v1/workflows/orchestrator/" + run + "/status";
    }

    private static void pause(Duration length) {
        await().pollDelay(length).timeout(TIMEOUT).until(() -> true);
    }
}
