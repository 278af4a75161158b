package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.identity.Role;
import dev.polyphony.journey.Api.Reply;
import dev.polyphony.shared.TenantId;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A run whose model never answers, until somebody cancels it. */
class CancelRunTest extends ServerTest {
    private static final String RUNS = "/api/v1/workflows/orchestrator/";
    private static final String CONFIG = "/api/v1/ai-providers/silent/config";
    private static final int TIMEOUT = 60;

    @BeforeEach
    void theVendorIsAsked() {
        api().put(CONFIG, "{\"enabled\":true}");
    }

    @AfterEach
    void asBefore() {
        api().put(CONFIG, "{\"enabled\":false}");
    }

    @Test
    void endsItAndTheCallThatItWaitsFor() throws Exception {
        String request = "cancel-" + UUID.randomUUID();
        String run = trigger("silent", request);
        assertThat(SILENT.wasCalled()).isTrue();

        Reply cancelled = api().post(RUNS + run + "/cancel", "", "X-Request-ID", request + "-cancel");

        assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(200);
        assertThat(cancelled.json().at("/workflow_id").asString()).isEqualTo(run);
        assertThat(cancelled.json().at("/status").asString()).isEqualTo("cancelled");
        assertThat(cancelled.json().at("/ended_at").isNull()).isFalse();
        assertThat(cancelled.json().at("/current_layer").isNull()).isTrue();
        assertThat(cancelled.json().at("/layers/layer1_detection_analysis").asString())
                .isEqualTo("skipped");
        assertThat(SILENT.sawItsCallerGo()).isTrue();

        Reply again = cancel(run);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(cancelled.json());
        assertThat(api().get(RUNS + run + "/status").json()).isEqualTo(cancelled.json());
        assertThat(types(request)).startsWith("workflow.step.started", "workflow.step.queued");
        assertThat(types(request + "-cancel")).containsExactly("workflow.cancelled");
    }

    @Test
    void isRefusedOnceTheRunHasEnded() {
        String run = trigger("embedded", "ended-" + UUID.randomUUID());
        await().atMost(TIMEOUT, SECONDS)
                .until(() -> api().get(RUNS + run + "/status")
                        .json()
                        .at("/status")
                        .asString()
                        .equals("completed"));

        Reply refused = cancel(run);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("has already completed");
    }

    @Test
    void isRefusedForARunThatIsNotThereOrAnotherTenants() throws Exception {
        assertThat(cancel("orchestrator-nobody").status()).isEqualTo(404);
        assertThat(stranger().post(RUNS + "orchestrator-nobody/cancel", "").status())
                .isEqualTo(401);
        String run = trigger("silent", "foreign-" + UUID.randomUUID());
        assertThat(SILENT.wasCalled()).isTrue();
        Api foreign = api(TenantKey.issue(api(), new TenantId("nosy"), Role.USER));
        assertThat(foreign.post(RUNS + run + "/cancel", "").status()).isEqualTo(404);
        assertThat(cancel(run).status()).isEqualTo(200);
        assertThat(SILENT.sawItsCallerGo()).isTrue();
    }

    private String trigger(String provider, String request) {
        Reply reply = api().post(
                        RUNS + "trigger",
                        "{\"repository\":\"shop\",\"ai_providers\":\"" + provider + "\"}",
                        "X-Request-ID",
                        request);
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return reply.json().at("/workflow_id").asString();
    }

    private Reply cancel(String run) {
        return api().post(RUNS + run + "/cancel", "");
    }

    private List<String> types(String request) {
        JsonNode page = api().get("/api/v1/events?correlation_id=" + request + "&limit=100")
                .json();
        return StreamSupport.stream(page.at("/items").spliterator(), false)
                .map(event -> event.at("/type").asString())
                .toList();
    }
}
