package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A subject is erased while a vendor still reads what a run says about it. */
class ErasedInTheMiddleTest {
    private static final String SECOND_AGENT = "You weigh findings";
    private static final int TIMEOUT = 120;

    private final CountDownLatch inTheMiddle = new CountDownLatch(1);
    private final CountDownLatch erased = new CountDownLatch(1);

    @Test
    void failsTheRunAtItsNextStepAndAsksNobodyAnyMore(@TempDir Path home) throws Exception {
        try (Vendor vendor = new Vendor(question -> {
                    if (question.contains(SECOND_AGENT)) {
                        inTheMiddle.countDown();
                        waitUntilErased();
                    }
                    return Vendor.says("The cellar floods. [F1]");
                });
                ServerProcess server = ServerProcess.start(home, vendor.baseUrl())) {
            String run = server.api()
                    .post(
                            "/api/v1/workflows/orchestrator/trigger",
                            "{\"input\":\"The cellar floods.\",\"subject\":\"ann\"}")
                    .json()
                    .at("/workflow_id")
                    .asString();
            assertThat(inTheMiddle.await(TIMEOUT, SECONDS)).isTrue();
            assertThat(server.api().delete("/api/v1/subjects/ann").status()).isEqualTo(204);
            erased.countDown();

            JsonNode status = ended(server.api(), run);

            assertThat(status.at("/status").asString()).isEqualTo("failed");
            assertThat(status.at("/erased").asBoolean()).isTrue();
            assertThat(status.at("/reason").asString()).isEqualTo("[erased]");
            assertThat(status.at("/layers/layer2_intelligence_decision").asString())
                    .isEqualTo("completed");
            assertThat(status.at("/layers/layer3_execution_fix").asString()).isEqualTo("failed");
            assertThat(status.toString()).doesNotContain("cellar");
            assertThat(vendor.timesAsked("")).isEqualTo(2);
            assertThat(typesOf(server.api(), run))
                    .startsWith("workflow.failed", "workflow.step.failed", "workflow.step.started")
                    .doesNotContain("workflow.adopted");
        }
    }

    private void waitUntilErased() {
        try {
            erased.await(TIMEOUT, SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
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

    private static List<String> typesOf(Api api, String run) {
        return api.get("/api/v1/events?limit=100&aggregate_id=" + run)
                .json()
                .at("/items")
                .valueStream()
                .map(event -> event.at("/type").asString())
                .toList();
    }
}
