package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A subject is erased while a vendor still reads what a run says about it. */
class ErasedInTheMiddleTest extends ServerTest {
    private static final String CONFIG = "/api/v1/ai-providers/vendor/config";
    private static final String SECOND_AGENT = "You weigh findings";
    private static final int TIMEOUT = 120;

    private final CountDownLatch inTheMiddle = new CountDownLatch(1);
    private final CountDownLatch erased = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void theVendorIsAsked() {
        api().put(CONFIG, "{\"enabled\":true}");
        VENDOR.behaves(question -> {
            asked.incrementAndGet();
            if (question.contains(SECOND_AGENT)) {
                inTheMiddle.countDown();
                waitUntilErased();
            }
            return Vendor.says("The cellar floods. [F1]");
        });
    }

    @AfterEach
    void asBefore() {
        VENDOR.behaves(_ -> Vendor.says("The lighthouse is red."));
        api().put(CONFIG, "{\"enabled\":false}");
    }

    @Test
    void failsTheRunAtItsNextStepAndAsksNobodyAnyMore() throws Exception {
        String run = api().post(
                        "/api/v1/workflows/orchestrator/trigger",
                        "{\"input\":\"The cellar floods.\",\"subject\":\"ida\",\"ai_providers\":\"vendor\"}")
                .json()
                .at("/workflow_id")
                .asString();
        assertThat(inTheMiddle.await(TIMEOUT, SECONDS)).isTrue();
        assertThat(api().delete("/api/v1/subjects/ida").status()).isEqualTo(204);
        erased.countDown();

        JsonNode status = ended(run);

        assertThat(status.at("/status").asString()).isEqualTo("failed");
        assertThat(status.at("/erased").asBoolean()).isTrue();
        assertThat(status.at("/reason").asString()).isEqualTo("[erased]");
        assertThat(status.at("/layers/layer2_intelligence_decision").asString()).isEqualTo("completed");
        assertThat(status.at("/layers/layer3_execution_fix").asString()).isEqualTo("failed");
        assertThat(status.toString()).doesNotContain("cellar");
        assertThat(asked).hasValue(2);
        assertThat(typesOf(run))
                .startsWith(
                        "workflow.failed",
                        "workflow.step.failed",
                        "workflow.step.attempt_failed",
                        "workflow.step.started")
                .doesNotContain("workflow.taken_over");
    }

    private void waitUntilErased() {
        try {
            erased.await(TIMEOUT, SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private JsonNode ended(String run) {
        return await().atMost(TIMEOUT, SECONDS)
                .until(
                        () -> api().get("/api/v1/workflows/orchestrator/" + run + "/status")
                                .json(),
                        status -> List.of("completed", "failed")
                                .contains(status.at("/status").asString()));
    }

    private List<String> typesOf(String run) {
        return api().get("/api/v1/events?limit=100&aggregate_id=" + run)
                .json()
                .at("/items")
                .valueStream()
                .map(event -> event.at("/type").asString())
                .toList();
    }
}
