package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.identity.ApiKeySecret;
import dev.polyphony.identity.Role;
import dev.polyphony.journey.Api.Reply;
import dev.polyphony.shared.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ApiKeysTest extends ServerTest {
    private static final String KEYS = "/api/v1/api-keys";
    private static final String HOOKS = "/api/v1/webhooks";

    @Test
    void opensWhatItWasIssuedFor() {
        JsonNode issued = issued("{\"name\":\"reader\",\"scopes\":[\"webhooks:read\"]}");
        Api reader = api(issued.at("/key").asString());

        assertThat(new ApiKeySecret(issued.at("/key").asString()).isWellFormed())
                .isTrue();
        assertThat(issued.at("/key").asString()).startsWith("ply_live_").hasSize(45);
        assertThat(issued.at("/roles").toString()).isEqualTo("[\"user\"]");
        assertThat(reader.get(HOOKS).status()).isEqualTo(200);
        assertThat(reader.get("/api/v1/ai-providers").status()).isEqualTo(403);
        assertThat(reader.post(HOOKS, "{}").status()).isEqualTo(403);
        assertThat(reader.get(KEYS).status()).isEqualTo(403);
    }

    @Test
    void isShownWithoutItsSecret() {
        JsonNode issued = issued("{\"name\":\"shown\",\"description\":\"for a test\"}");
        String path = KEYS + "/" + issued.at("/id").asString();

        Reply shown = api().get(path);

        assertThat(shown.json().at("/description").asString()).isEqualTo("for a test");
        assertThat(shown.json().at("/rotated_at").isNull()).isTrue();
        assertThat(shown.text() + api().get(KEYS).text())
                .doesNotContain(issued.at("/key").asString());
        assertThat(api().get("/api/v1/events?type=api_key.issued&limit=1000").text())
                .contains(issued.at("/id").asString())
                .doesNotContain(issued.at("/key").asString(), "hash", "digest");
    }

    @Test
    void countsNoLongerOnceItIsRevoked() {
        JsonNode issued = issued("{\"name\":\"revoked\"}");
        String path = KEYS + "/" + issued.at("/id").asString();
        Api holder = api(issued.at("/key").asString());

        assertThat(api().delete(path).status()).isEqualTo(204);

        await().untilAsserted(() -> assertThat(holder.get(HOOKS).text()).contains("revoked"));
        assertThat(api().delete(path).status()).isEqualTo(404);
        assertThat(api().get(path).status()).isEqualTo(404);
        assertThat(api().post(path + "/rotate", "{}").status()).isEqualTo(404);
        assertThat(api().post("/api/v1/projections/api-keys/replay", "").status())
                .isEqualTo(202);
        assertThat(holder.get(HOOKS).status()).isEqualTo(401);
    }

    @Test
    void keepsItsOldSecretForAsLongAsIsAskedFor() {
        JsonNode issued = issued("{\"name\":\"rotated\"}");
        String path = KEYS + "/" + issued.at("/id").asString() + "/rotate";
        Api first = api(issued.at("/key").asString());

        JsonNode second = api().post(path, "").json();
        assertThat(first.get(HOOKS).status()).isEqualTo(200);
        assertThat(api(second.at("/key").asString()).get(HOOKS).status()).isEqualTo(200);
        assertThat(second.at("/old_valid_until").isNull()).isFalse();

        JsonNode third = api().post(path, "{\"overlap_seconds\":0}").json();
        assertThat(api(third.at("/key").asString()).get(HOOKS).status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(first.get(HOOKS).text()).contains("expired"));
        await().until(() -> api(second.at("/key").asString()).get(HOOKS).status() == 401);
        assertThat(api().post(path, "{\"overlap_seconds\":-1}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                         | name",
                "{\"name\":\" \"}                                           | name",
                "{\"name\":\"a\\u0007b\"}                                   | name",
                "{\"name\":\"a\",\"roles\":[]}                              | roles",
                "{\"name\":\"a\",\"roles\":[\"root\"]}                      | roles",
                "{\"name\":\"a\",\"scopes\":[\"everything\"]}               | scopes",
                "{\"name\":\"a\",\"scopes\":[]}                             | scopes",
                "{\"name\":\"a\",\"expires_at\":\"2001-01-01T00:00:00Z\"}   | expires_at",
                "{\"name\":\"a\",\"tenant\":\"NOT A TENANT\"}               | tenant",
                "{\"name\":\"a\",\"tenant\":\"other\",\"roles\":[\"operator\"]} | roles",
                "{\"name\":\"a\",\"key\":\"chosen\"}                        | key",
            })
    void namesTheFieldThatIsWrong(String body, String field) {
        Reply reply = api().post(KEYS, body);

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().at("/error/details/parameter").asString()).startsWith(field);
    }

    @Test
    void isAllowedNoMoreThanItsIssuer() {
        Api admin = api(TenantKey.issue(api(), new TenantId("keyholders"), Role.ADMIN));
        JsonNode narrow = issued("{\"name\":\"narrow\",\"roles\":[\"admin\"],\"scopes\":[\"api-keys:admin\"]}");

        assertThat(admin.post(KEYS, "{\"name\":\"a\",\"roles\":[\"operator\"]}").status())
                .isEqualTo(400);
        assertThat(admin.post(KEYS, "{\"name\":\"a\",\"tenant\":\"default\"}").status())
                .isEqualTo(403);
        assertThat(admin.post(KEYS, "{\"name\":\"a\",\"roles\":[\"admin\"]}").status())
                .isEqualTo(201);
        assertThat(api(narrow.at("/key").asString())
                        .post(KEYS, "{\"name\":\"a\",\"scopes\":[\"write\"]}")
                        .status())
                .isEqualTo(403);
        assertThat(api(narrow.at("/key").asString())
                        .post(KEYS, "{\"name\":\"a\",\"roles\":[\"operator\"]}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void isNotThereForAnotherTenant() {
        String path = KEYS + "/" + issued("{\"name\":\"ours\"}").at("/id").asString();
        Api admin = api(TenantKey.issue(api(), new TenantId("strangers"), Role.ADMIN));

        assertThat(admin.get(path).status()).isEqualTo(404);
        assertThat(admin.delete(path).status()).isEqualTo(404);
        assertThat(admin.post(path + "/rotate", "{}").status()).isEqualTo(404);
        assertThat(admin.get(KEYS).json().at("/api_keys")).hasSize(1);
    }

    @Test
    void leavesTheConfiguredKeyToTheConfiguration() {
        assertThat(api().delete(KEYS + "/key-configured").status()).isEqualTo(409);
        assertThat(api().post(KEYS + "/key-configured/rotate", "{}").status()).isEqualTo(409);
        assertThat(api().get(HOOKS).status()).isEqualTo(200);
    }

    private JsonNode issued(String body) {
        Reply reply = api().post(KEYS, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json();
    }
}
