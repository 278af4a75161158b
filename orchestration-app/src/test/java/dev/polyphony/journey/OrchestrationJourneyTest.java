package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import dev.polyphony.journey.Api.Reply;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The main job from the trigger to the audit, as an integrator, an author and an operator see it. */
class OrchestrationJourneyTest extends ServerTest {
    private static final String TRIGGER = "/api/v1/workflows/orchestrator/trigger";
    private static final int TIMEOUT = 60;

    @Test
    void runsFourLayersOnARepositoryAndTellsAndProvesIt() throws Exception {
        try (MockWebServer receiver = new MockWebServer()) {
            IntStream.range(0, 7)
                    .forEach(_ -> receiver.enqueue(
                            new MockResponse.Builder().code(204).build()));
            receiver.start(InetAddress.ofLiteral("127.0.0.1"), 0);
            String secret = subscribe("http://127.0.0.1:" + receiver.getPort() + "/hook");
            String request = "journey-" + UUID.randomUUID();

            String run = trigger("{\"repository\":\"shop\",\"orchestration_mode\":\"full_analysis\"}", request);
            JsonNode status = ended(run);

            showsRealResults(status);
            wasTold(receiver, secret, run);
            isInTheAudit(request, run);
        }
    }

    @Test
    void worksOnATextThatCameWithTheRequest() {
        String run = trigger(
                "{\"input\":\"The cellar floods every spring. The roof was mended last year. Nobody checks the"
                        + " pump.\"}",
                "text-" + UUID.randomUUID());

        JsonNode status = ended(run);

        assertThat(status.at("/status").asString()).isEqualTo("completed");
        assertThat(status.at("/results/decisions/statements/0/findings/0/file").asString())
                .isEqualTo("text");
    }

    @Test
    void failsWithTheTrailWhenNoProviderIsLeft() {
        String request = "down-" + UUID.randomUUID();
        String run = trigger("{\"repository\":\"shop\",\"ai_providers\":\"down\"}", request);

        JsonNode status = ended(run);

        assertThat(status.at("/status").asString()).isEqualTo("failed");
        assertThat(status.at("/reason").asString()).isNotBlank();
        assertThat(status.at("/layers/layer1_detection_analysis").asString()).isEqualTo("failed");
        assertThat(status.at("/layers/layer2_intelligence_decision").asString()).isEqualTo("skipped");
        JsonNode failed = events(request).stream()
                .filter(event -> event.at("/type").asString().equals("workflow.step.attempt_failed"))
                .findFirst()
                .orElseThrow();
        assertThat(failed.at("/payload/attempts/0/provider").asString()).isEqualTo("down");
        assertThat(failed.at("/payload/attempts/0/outcome").asString()).isEqualTo("provider-failed");
    }

    private static void showsRealResults(JsonNode status) {
        assertThat(status.at("/status").asString()).isEqualTo("completed");
        assertThat(status.at("/progress").asInt()).isEqualTo(100);
        assertThat(status.at("/current_layer").isNull()).isTrue();
        assertThat(status.at("/ai_providers_used/0").asString()).isEqualTo("embedded");
        JsonNode inspection = status.at("/results/analysis_results/inspection");
        assertThat(inspection.at("/files").asInt()).isEqualTo(3);
        assertThat(StreamSupport.stream(inspection.at("/findings").spliterator(), false)
                        .map(finding -> finding.at("/rule").asString()))
                .contains("open_marker", "long_file", "broken_link");
        JsonNode change = status.at("/results/proposed_changes/statements/0/findings/0");
        assertThat(change.at("/file").asString()).isNotBlank();
        assertThat(change.at("/line").asInt()).isPositive();
        assertThat(status.at("/results/decisions/attempts/0/outcome").asString())
                .isEqualTo("provider-failed");
        assertThat(status.at("/results/decisions/attempts/1/outcome").asString())
                .isEqualTo("ok");
        assertThat(status.at("/results/summary/finish_reason").asString()).isEqualTo("extracted");
    }

    private static void wasTold(MockWebServer receiver, String secret, String run) throws Exception {
        Webhook verifier = new Webhook(secret);
        List<String> told = new ArrayList<>();
        while (told.size() < 7) {
            RecordedRequest delivery = receiver.takeRequest(TIMEOUT, SECONDS);
            assertThat(delivery).as("the delivery after " + told).isNotNull();
            String body = delivery.getBody().utf8();
            Map<String, List<String>> headers = new HashMap<>();
            delivery.getHeaders()
                    .names()
                    .forEach(name -> headers.put(name, delivery.getHeaders().values(name)));
            verifier.verify(body, headers);
            JsonNode json = JsonMapper.builder().build().readTree(body);
            assertThat(json.at("/signature").asString()).startsWith("sha256=");
            if (json.at("/data/workflow_id")
                    .asString()
                    .equals(run)) { // the server is shared: runs of other tests may still go on
                told.add(json.at("/event").asString());
            }
        }
        assertThat(told)
                .containsExactly(
                        "workflow.started",
                        "workflow.step.completed",
                        "workflow.step.completed",
                        "workflow.step.completed",
                        "workflow.step.completed",
                        "workflow.step.completed",
                        "workflow.completed");
    }

    private void isInTheAudit(String request, String run) {
        List<JsonNode> events = events(request);
        assertThat(events)
                .extracting(event -> event.at("/type").asString())
                .startsWith("workflow.completed", "workflow.step.completed", "workflow.step.started")
                .endsWith("workflow.step.queued", "workflow.started")
                .hasSize(17);
        assertThat(events).allSatisfy(event -> {
            assertThat(event.at("/aggregate_id").asString()).isEqualTo(run);
            assertThat(event.at("/aggregate_type").asString()).isEqualTo("workflow");
            assertThat(event.at("/tenant").asString()).isEqualTo("default");
            assertThat(event.at("/correlation_id").asString()).isEqualTo(request);
        });
        assertThat(events.getLast().at("/actor").asString()).isEqualTo("key:admin");
        assertThat(events.getLast().at("/causation_id").asString()).isEqualTo(request);
        assertThat(events.getFirst().at("/actor").asString()).isEqualTo("agent:orchestration-agent");
    }

    private List<JsonNode> events(String request) {
        JsonNode page = api().get("/api/v1/events?correlation_id=" + request + "&limit=100")
                .json();
        return StreamSupport.stream(page.at("/items").spliterator(), false).toList();
    }

    private String subscribe(String url) {
        Reply reply = api().post(
                        "/api/v1/webhooks",
                        "{\"url\":\"%s\",\"events\":[\"workflow.started\",\"workflow.step.completed\",\"workflow.completed\",\"workflow.failed\"]}"
                                .formatted(url));
        assertThat(reply.status()).isEqualTo(201);
        return reply.json().at("/secret").asString();
    }

    private String trigger(String body, String request) {
        Reply reply = api().post(TRIGGER, body, "X-Request-ID", request);
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        String run = reply.json().at("/workflow_id").asString();
        assertThat(api().get(statusOf(run)).status()).as("reads its own write").isEqualTo(200);
        return run;
    }

    private JsonNode ended(String run) {
        return await().atMost(TIMEOUT, SECONDS)
                .until(
                        () -> api().get(statusOf(run)).json(),
                        status -> List.of("completed", "failed")
                                .contains(status.at("/status").asString()));
    }

    private static String statusOf(String run) {
        return "/api/v1/workflows/orchestrator/" + run + "/status";
    }
}
