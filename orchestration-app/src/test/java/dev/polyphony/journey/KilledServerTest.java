package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.StreamSupport;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server with its own database is killed in the middle of a run, and started again. */
class KilledServerTest {
    private static final String FIRST_AGENT = "You inspect software";
    private static final String SECOND_AGENT = "You weigh findings";
    private static final int TIMEOUT = 120;

    @Test
    void finishesTheRunAfterTheRestartWithoutRepeatingFinishedSteps(@TempDir Path home) throws Exception {
        CountDownLatch inTheMiddle = new CountDownLatch(1);
        try (Vendor vendor = new Vendor(question -> {
            if (question.contains(SECOND_AGENT)) {
                inTheMiddle.countDown();
                return new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build();
            }
            return Vendor.says("The cellar floods. [F1]");
        })) {
            String run;
            try (ServerProcess server = ServerProcess.start(home, vendor.baseUrl())) {
                Api.Reply accepted = server.api()
                        .post("/api/v1/workflows/orchestrator/trigger", "{\"input\":\"The cellar floods.\"}");
                assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
                run = accepted.json().at("/workflow_id").asString();
                assertThat(inTheMiddle.await(TIMEOUT, SECONDS)).isTrue();
                server.kill();
            }
            vendor.behaves(_ -> Vendor.says("The cellar floods. [F1]"));
            try (ServerProcess server = ServerProcess.start(home, vendor.baseUrl())) {
                JsonNode status = ended(server.api(), run);
                assertThat(status.at("/status").asString()).isEqualTo("completed");
                assertThat(status.at("/results/analysis_results/attempt").asInt())
                        .isEqualTo(1);
                assertThat(status.at("/results/decisions/attempt").asInt()).isEqualTo(2);
                assertThat(vendor.timesAsked(FIRST_AGENT)).isEqualTo(1);
                tellsTheStoryInItsHistory(server.api(), run);
            }
        }
    }

    private static JsonNode ended(Api api, String run) {
        return await().atMost(TIMEOUT, SECONDS)
                .until(
                        () -> api.get("/api/v1/workflows/orchestrator/" + run + "/status")
                                .json(),
                        status -> List.of("completed", "failed")
                                .contains(status.at("/status").asString()));
    }

    private static void tellsTheStoryInItsHistory(Api api, String run) {
        JsonNode page = api.get("/api/v1/events?limit=100&aggregate_id=" + run).json();
        List<String> types = StreamSupport.stream(page.at("/items").spliterator(), false)
                .map(event -> event.at("/type").asString())
                .toList();
        assertThat(types).containsOnlyOnce("workflow.taken_over", "workflow.completed");
        assertThat(types.stream().filter("workflow.step.completed"::equals)).hasSize(5);
    }
}
