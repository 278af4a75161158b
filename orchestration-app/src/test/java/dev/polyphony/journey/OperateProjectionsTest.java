package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.journey.Api.Reply;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Projections as an operator sees, rebuilds and mends them. */
class OperateProjectionsTest extends ServerTest {
    private static final int TIMEOUT = 60;
    private static final String PROJECTIONS = "/api/v1/projections";
    private static final String DEAD_LETTERS = PROJECTIONS + "/webhook-directory/dead-letters";
    private static final String POISON =
            "alter table webhooks.endpoint add constraint poison check (url not like '%poison%') not valid";

    @AfterEach
    void takeThePoisonAway() throws SQLException {
        Database.execute("alter table webhooks.endpoint drop constraint if exists poison");
    }

    @Test
    void showsHowFarEachHasCome() {
        api().post("/api/v1/workflows/orchestrator/trigger", "{\"input\":\"Some text.\"}");

        await().atMost(TIMEOUT, SECONDS).untilAsserted(() -> {
            JsonNode runs = api().get(PROJECTIONS + "/runs").json();
            assertThat(runs.at("/lag").asLong()).isZero();
            assertThat(runs.at("/position").asLong())
                    .isEqualTo(runs.at("/head").asLong())
                    .isPositive();
        });
        JsonNode runs = api().get(PROJECTIONS + "/runs").json();
        assertThat(runs.at("/segments").size()).isEqualTo(2);
        assertThat(runs.at("/segments/0/node").asString()).startsWith("node-");
        assertThat(runs.at("/segments/0/seen_at").isNull()).isFalse();
        assertThat(runs.at("/segments/0/error").isNull()).isTrue();
        List<String> all = names(api().get(PROJECTIONS).json());
        assertThat(all)
                .contains("api-keys", "runs", "sample-run", "webhook-directory", "webhook-router")
                .isSorted();
    }

    @ParameterizedTest
    @CsvSource({
        "webhook-router, 409, PROJECTION_NOT_REPLAYABLE",
        "sample-run, 409, PROJECTION_NOT_REPLAYABLE",
        "start-queued-steps, 409, PROJECTION_NOT_REPLAYABLE",
        "nobody, 404, PROJECTION_UNKNOWN"
    })
    void refusesToReplayWhatActsOrIsNotThere(String name, int status, String code) {
        Reply reply = api().post(PROJECTIONS + "/" + name + "/replay", "");

        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().at("/error/code").asString()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=many", "cursor=x"})
    void refusesPagesThatDoNotFit(String query) {
        assertThat(api().get(DEAD_LETTERS + "?" + query).status()).isEqualTo(400);
    }

    @Test
    void isForAdminsOnly() {
        String key = TrainerKey.issue(api());

        for (String path : List.of(PROJECTIONS, PROJECTIONS + "/runs", DEAD_LETTERS)) {
            assertThat(stranger().get(path, "X-API-Key", key).status()).isEqualTo(403);
            assertThat(stranger().get(path).status()).isEqualTo(401);
        }
        assertThat(stranger()
                        .post(PROJECTIONS + "/runs/replay", "", "X-API-Key", key)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void putsAPoisonEventAsideUntilItIsRetried() throws SQLException {
        Database.execute(POISON);
        String poisoned = register("https://example.com/poison");
        String healthy = register("https://example.com/healthy");

        JsonNode deadLetter = onlyDeadLetter(3);
        assertThat(deadLetter.at("/type").asString()).isEqualTo("webhook.registered");
        assertThat(deadLetter.at("/sequence").asString()).isEqualTo(poisoned);
        assertThat(deadLetter.at("/cause").asString()).contains("23514", "JooqWebhookDirectory.java:");
        assertThat(webhook(healthy).status()).isEqualTo(200);
        assertThat(webhook(poisoned).status()).isEqualTo(404);
        isDegraded();
        String retry = DEAD_LETTERS + "/" + deadLetter.at("/position").asLong() + "/retry";

        JsonNode failed = api().post(retry, "").json();
        assertThat(failed.at("/handled").asInt()).isZero();
        assertThat(failed.at("/failed/tries").asInt()).isEqualTo(4);

        takeThePoisonAway();
        JsonNode handled = api().post(retry, "").json();
        assertThat(handled.at("/handled").asInt()).isEqualTo(1);
        assertThat(handled.at("/failed").isNull()).isTrue();
        assertThat(webhook(poisoned).status()).isEqualTo(200);
        assertThat(api().post(retry, "").status()).isEqualTo(404);
        await().atMost(TIMEOUT, SECONDS).until(() -> stranger().get("/health").status() == 200);
    }

    /** Somebody should look at it, but requests are served. */
    private void isDegraded() {
        await().atMost(TIMEOUT, SECONDS).until(() -> stranger().get("/health").status() == 503);
        Reply health = stranger().get("/health");
        assertThat(health.json().at("/status").asString()).isEqualTo("degraded");
        assertThat(health.json().at("/checks/projections/status").asString()).isEqualTo("degraded");
        assertThat(health.json().at("/checks/projections/message").asString())
                .isEqualTo("dead letters: webhook-directory");
        assertThat(stranger().get("/ready").status()).isEqualTo(200);
        assertThat(api().get("/metrics").text())
                .containsPattern("polyphony_projection_dead_letters\\{.*projection=\"webhook-directory\".*} 1\\.0");
    }

    @Test
    void discardsALetterUntilARebuildHearsItsEventAgain() throws SQLException {
        Database.execute(POISON);
        String poisoned = register("https://example.com/poison");
        String deadLetter =
                DEAD_LETTERS + "/" + onlyDeadLetter(3).at("/position").asLong();

        assertThat(api().delete(deadLetter).status()).isEqualTo(204);
        assertThat(api().delete(deadLetter).status()).isEqualTo(404);
        assertThat(webhook(poisoned).status()).isEqualTo(404);

        takeThePoisonAway();
        assertThat(api().post(PROJECTIONS + "/webhook-directory/replay", "").status())
                .isEqualTo(202);
        await().atMost(TIMEOUT, SECONDS).until(() -> webhook(poisoned).status() == 200);
    }

    private JsonNode onlyDeadLetter(int tries) {
        JsonNode deadLetters = await().atMost(TIMEOUT, SECONDS)
                .until(() -> api().get(DEAD_LETTERS).json().at("/items"), items -> items.size() == 1);
        assertThat(deadLetters.at("/0/tries").asInt()).isEqualTo(tries);
        return deadLetters.at("/0");
    }

    private Reply webhook(String id) {
        return api().get("/api/v1/webhooks/" + id);
    }

    private String register(String url) {
        Reply reply =
                api().post("/api/v1/webhooks", "{\"url\":\"%s\",\"events\":[\"workflow.failed\"]}".formatted(url));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json().at("/id").asString();
    }

    private static List<String> names(JsonNode list) {
        return StreamSupport.stream(list.at("/projections").spliterator(), false)
                .map(projection -> projection.at("/name").asString())
                .toList();
    }
}
