package dev.polyphony.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.identity.Role;
import dev.polyphony.shared.TenantId;
import java.net.URLEncoder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Somebody asks to be forgotten, as an author, an operator and a receiver of webhooks see it. */
class ErasureJourneyTest extends ServerTest {
    private static final String TRIGGER = "/api/v1/workflows/orchestrator/trigger";
    private static final int TIMEOUT = 60;

    private final String marker = UUID.randomUUID().toString();
    private final String subject = "patient-" + UUID.randomUUID();

    @Test
    void forgetsEverythingThatWasSaidAboutASubject() throws Exception {
        try (HeldReceiver held = new HeldReceiver()) {
            String hook = subscribe(held.url());
            String run = trigger(subject);
            JsonNode status = ended(run);
            assertThat(status.at("/status").asString()).isEqualTo("completed");
            assertThat(status.at("/subject").asString()).isEqualTo(subject);
            assertThat(status.at("/erased").asBoolean()).isFalse();
            assertThat(status.toString()).contains(marker);
            await().atMost(TIMEOUT, SECONDS).until(() -> deliveries(hook).size() == 7);
            assertThat(Database.rowsWith(subject)).contains("eventstore.event", "workflows.run", "webhooks.delivery");
            assertThat(Database.rowsWith(marker)).isEmpty();

            assertThat(erase(subject)).isEqualTo(204);
            held.release();

            showsNothingAnyMore(run);
            await().atMost(TIMEOUT, SECONDS).until(() -> isSettled(hook));
            assertThat(held.beforeTheErasure().getFirst()).contains(marker, subject);
            assertThat(held.afterTheErasure())
                    .hasSize(7)
                    .allSatisfy(body -> assertThat(body).doesNotContain(marker))
                    .anySatisfy(body -> assertThat(body).contains("[erased]"));
            assertThat(Database.rowsWith(marker)).isEmpty();
            isOnRecord();
        }
    }

    @Test
    void takesARunWithoutASubjectForItsOwn() throws Exception {
        String run = trigger(null);
        assertThat(ended(run).at("/subject").asString()).isEqualTo(run);

        assertThat(erase(run)).isEqualTo(204);

        showsNothingAnyMore(run);
        assertThat(Database.rowsWith(marker)).isEmpty();
    }

    @Test
    void maySayItTwiceAndTakesNothingInAfterwards() {
        ended(trigger(subject));
        assertThat(erase(subject)).isEqualTo(204);
        assertThat(erase(subject)).isEqualTo(204);
        assertThat(erasures()).hasSize(1);

        Api.Reply late = api().post(TRIGGER, body(subject));
        assertThat(late.status()).as(late.text()).isEqualTo(409);
        assertThat(late.json().at("/error/code").asString()).isEqualTo("SUBJECT_ERASED");
    }

    @Test
    void recordsNoErasureOfNothing() {
        assertThat(erase(subject)).isEqualTo(404);
        assertThat(erase("größe")).isEqualTo(400);
        assertThat(erasures()).isEmpty();
    }

    @Test
    void leavesErasingToAdmins() {
        Api user = api(TenantKey.issue(api(), TenantId.DEFAULT, Role.USER));
        String path =
                "/api/v1/subjects/" + ended(trigger(null)).at("/workflow_id").asString();

        assertThat(user.delete(path).status()).isEqualTo(403);
        assertThat(stranger().delete(path).status()).isEqualTo(401);
    }

    private void showsNothingAnyMore(String run) {
        JsonNode erased = api().get(statusOf(run)).json();
        assertThat(erased.at("/erased").asBoolean()).isTrue();
        assertThat(erased.at("/status").asString()).isEqualTo("completed");
        assertThat(erased.at("/ai_providers_used/0").asString()).isEqualTo("embedded");
        assertThat(erased.toString()).doesNotContain(marker);
    }

    private void isOnRecord() {
        List<JsonNode> erasures = erasures();
        assertThat(erasures).hasSize(1);
        assertThat(erasures.getFirst().at("/actor").asString()).isEqualTo("key:admin");
        assertThat(erasures.getFirst().at("/payload/subject/id").asString()).isEqualTo(subject);
    }

    private List<JsonNode> erasures() {
        return api().get("/api/v1/events?type=subject.erased&aggregate_id=subject:default/" + subject)
                .json()
                .at("/items")
                .valueStream()
                .toList();
    }

    private boolean isSettled(String hook) {
        return deliveries(hook).stream()
                .noneMatch(delivery -> delivery.at("/state").asString().equals("pending"));
    }

    private List<JsonNode> deliveries(String hook) {
        return api().get("/api/v1/webhooks/" + hook + "/deliveries")
                .json()
                .at("/deliveries")
                .valueStream()
                .toList();
    }

    private String subscribe(String url) {
        Api.Reply reply = api().post("/api/v1/webhooks", "{\"url\":\"%s\",\"events\":[\"*\"]}".formatted(url));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json().at("/id").asString();
    }

    private int erase(String id) {
        return api().delete("/api/v1/subjects/" + URLEncoder.encode(id, UTF_8)).status();
    }

    private String trigger(@Nullable String about) {
        Api.Reply reply = api().post(TRIGGER, body(about));
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return reply.json().at("/workflow_id").asString();
    }

    private String body(@Nullable String about) {
        String text = "The patient fears the %s. The %s floods every spring. Nobody checks the %s."
                .formatted(marker, marker, marker);
        return about == null
                ? "{\"input\":\"%s\"}".formatted(text)
                : "{\"input\":\"%s\",\"subject\":\"%s\"}".formatted(text, about);
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
