package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.identity.Role;
import dev.polyphony.journey.Api.Reply;
import dev.polyphony.shared.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A tenant from its creation to its deletion, as an operator and its own admin see it. */
class TenantsTest extends ServerTest {
    private static final String TENANTS = "/api/v1/tenants";
    private static final String TRIGGER = "/api/v1/workflows/orchestrator/trigger";
    private static final int TIMEOUT = 60;

    private final String id = "t-" + UUID.randomUUID();

    @Test
    void isCreatedShownChangedAndDeletedForGood() {
        JsonNode created = create("\"name\":\"Acme Ltd\",\"tier\":\"pro\"").at("/tenant");
        assertThat(created.at("/id").asString()).isEqualTo(id);
        assertThat(created.at("/name").asString()).isEqualTo("Acme Ltd");
        assertThat(created.at("/tier").asString()).isEqualTo("pro");
        assertThat(created.at("/repositories_root").isNull()).isTrue();
        assertThat(api().get(TENANTS + "/" + id).json()).isEqualTo(created);

        Reply changed = api().patch(TENANTS + "/" + id, "{\"tier\":\"enterprise\"}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().at("/tier").asString()).isEqualTo("enterprise");
        assertThat(changed.json().at("/name").asString()).isEqualTo("Acme Ltd");
        assertThat(listed()).contains(id, "default");

        assertThat(api().delete(TENANTS + "/" + id).status()).isEqualTo(204);
        assertThat(listed()).doesNotContain(id);
        assertThat(api().get(TENANTS + "/" + id).status()).isEqualTo(404);
        assertThat(api().delete(TENANTS + "/" + id).status()).isEqualTo(404);
        assertThat(api().patch(TENANTS + "/" + id, "{}").status()).isEqualTo(404);
        Reply again = api().post(TENANTS, "{\"id\":\"%s\"}".formatted(id));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text()).contains("never used again");
    }

    @Test
    void isRefusedWithAReason() {
        assertThat(api().post(TENANTS, "{\"id\":\"Acme Ltd\"}").status()).isEqualTo(400);
        assertThat(api().post(TENANTS, "{\"name\":\"x\"}").status()).isEqualTo(400);
        Reply root = api().post(TENANTS, "{\"id\":\"%s\",\"repositories_root\":\"relative\"}".formatted(id));
        assertThat(root.status()).isEqualTo(400);
        assertThat(root.text()).contains("an absolute path");
        assertThat(api().post(TENANTS, "{\"id\":\"default\"}").status()).isEqualTo(409);
        assertThat(api().delete(TENANTS + "/default").status()).isEqualTo(409);
        assertThat(api().get(TENANTS + "/NOBODY").status()).isEqualTo(404);
    }

    @Test
    void isPagedInTheOrderOfIds() {
        create("\"name\":\"One\"");
        JsonNode first = api().get(TENANTS + "?limit=1").json();
        String cursor = first.at("/next_cursor").asString();
        assertThat(first.at("/tenants").size()).isEqualTo(1);
        JsonNode second = api().get(TENANTS + "?limit=1&cursor=" + cursor).json();
        assertThat(second.at("/tenants/0/id").asString()).isGreaterThan(cursor);
    }

    @Test
    void beginsWithAnAdminWhoseKeysCountForNothingOnceItIsDeleted() {
        Api admin = api(create("\"admin_key\":true").at("/admin_key/key").asString());
        Reply issued = admin.post("/api/v1/api-keys", "{\"name\":\"app\"}");
        assertThat(issued.status()).as(issued.text()).isEqualTo(201);
        Api user = api(issued.json().at("/key").asString());
        assertThat(user.get("/api/v1/webhooks").status()).isEqualTo(200);

        assertThat(api().delete(TENANTS + "/" + id).status()).isEqualTo(204);

        await().atMost(Duration.ofSeconds(1))
                .until(() -> admin.get("/api/v1/webhooks").status() == 401
                        && user.get("/api/v1/webhooks").status() == 401);
        assertThat(api().post("/api/v1/projections/tenants/replay", "").status())
                .isBetween(200, 299);
        assertThat(api().post("/api/v1/projections/api-keys/replay", "").status())
                .isBetween(200, 299);
        assertThat(user.get("/api/v1/webhooks").status()).isEqualTo(401);
    }

    @Test
    void getsNoKeysWhenItIsNotThere() {
        String order = "{\"name\":\"app\",\"tenant\":\"%s\"}".formatted(id);
        Reply unknown = api().post("/api/v1/api-keys", order);
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.text()).contains("POST /api/v1/tenants");

        create("\"name\":\"Now\"");
        assertThat(api().post("/api/v1/api-keys", order).status()).isEqualTo(201);
        api().delete(TENANTS + "/" + id);
        assertThat(api().post("/api/v1/api-keys", order).status()).isEqualTo(400);
    }

    @Test
    void readsBelowItsOwnRootAlone(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("mine/src"));
        Files.writeString(folder.resolve("mine/README.md"), "# Mine");
        Api user = api(create("\"admin_key\":true").at("/admin_key/key").asString());
        for (String path : List.of(".", "shop", REPOSITORIES.resolve("shop").toString())) {
            Reply refused = trigger(user, path);
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.text()).contains("reads no folders of this machine", id);
        }

        api().patch(TENANTS + "/" + id, "{\"repositories_root\":\"%s\"}".formatted(folder));
        await().atMost(TIMEOUT, SECONDS).until(() -> trigger(user, "mine").status() == 202);
        Reply outside = trigger(user, REPOSITORIES.resolve("shop").toString());
        assertThat(outside.status()).isEqualTo(400);
        assertThat(outside.text()).contains("REPOSITORY_OUTSIDE_ROOT");
        assertThat(trigger(api(), "mine").status()).isEqualTo(400);
    }

    @Test
    void takesWithItWhatItHad() throws Exception {
        api().put("/api/v1/ai-providers/silent/config", "{\"enabled\":true}");
        try {
            Api user = api(TenantKey.issue(api(), new TenantId(id), Role.ADMIN));
            Reply hook = user.post(
                    "/api/v1/webhooks", "{\"url\":\"http://127.0.0.1:9/hook\",\"events\":[\"workflow.completed\"]}");
            assertThat(hook.status()).as(hook.text()).isEqualTo(201);
            Reply run =
                    user.post(TRIGGER, "{\"repository\":\"shop\",\"ai_providers\":\"silent\",\"subject\":\"alice\"}");
            assertThat(run.status()).as(run.text()).isEqualTo(202);
            assertThat(SILENT.wasCalled()).isTrue();

            assertThat(api().delete(TENANTS + "/" + id).status()).isEqualTo(204);

            await().atMost(TIMEOUT, SECONDS)
                    .untilAsserted(() -> assertThat(Database.eventsOf(id))
                            .contains(
                                    "tenant.deleted",
                                    "api_key.revoked",
                                    "webhook.removed",
                                    "workflow.cancelled",
                                    "subject.erased"));
            assertThat(SILENT.sawItsCallerGo()).isTrue();
            await().atMost(TIMEOUT, SECONDS)
                    .untilAsserted(() -> assertThat(
                                    Database.rowsWith(hook.json().at("/id").asString()))
                            .doesNotContain("webhooks.secret", "webhooks.endpoint", "webhooks.subscription"));
        } finally {
            api().put("/api/v1/ai-providers/silent/config", "{\"enabled\":false}");
        }
    }

    private static Reply trigger(Api caller, String repository) {
        return caller.post(TRIGGER, "{\"repository\":\"%s\",\"ai_providers\":\"embedded\"}".formatted(repository));
    }

    private JsonNode create(String more) {
        Reply created = api().post(TENANTS, "{\"id\":\"%s\",%s}".formatted(id, more));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json();
    }

    private List<String> listed() {
        return StreamSupport.stream(
                        api().get(TENANTS + "?limit=1000").json().at("/tenants").spliterator(), false)
                .map(tenant -> tenant.at("/id").asString())
                .toList();
    }
}
