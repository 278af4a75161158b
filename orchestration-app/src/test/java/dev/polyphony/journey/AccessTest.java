package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.journey.Api.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call what is decided before anything of the request is read. */
class AccessTest extends ServerTest {
    private static final String NOT_JSON = "{";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/workflows/orchestrator/trigger",
                "/api/v1/ai-providers/vendor/test",
                "/api/v1/events",
                "/api/v1/nothing",
                "/openai/v1/chat/completions",
                "/openai/v1/nothing",
                "/ollama/api/pull",
                "/nothing"
            })
    void asksAStrangerForAKeyWhateverTheRequest(String path) {
        for (String type : new String[] {"application/json", "application/pdf"}) {
            Reply reply = stranger().postAs(type, path, NOT_JSON);

            assertThat(reply.status()).as(reply.text()).isEqualTo(401);
            assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(reply.text()).contains("Authentication required. Send an API key");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/v1/ai-providers/vendor/config, operator",
        "POST, /api/v1/ai-providers/vendor/test, operator",
        "POST, /api/v1/projections/runs/replay, operator",
        "GET, /api/v1/events?limit=0, admin",
        "GET, /api/v1/events/verify?from=x, operator",
        "GET, /api/v1/budgets?limit=0, admin",
        "GET, /api/v1/projections/runs/dead-letters?cursor=x, operator",
        "DELETE, /api/v1/subjects/not+an+id, admin"
    })
    void tellsACallerWithoutTheRoleNothingElse(String method, String path, String role) {
        Api trainer = api(TrainerKey.issue(api()));

        Reply reply = switch (method) {
            case "PUT" -> trainer.put(path, NOT_JSON);
            case "POST" -> trainer.post(path, NOT_JSON);
            case "DELETE" -> trainer.delete(path);
            default -> trainer.get(path);
        };

        assertThat(reply.status()).as(reply.text()).isEqualTo(403);
        assertThat(reply.json().at("/error/code").asString()).isEqualTo("FORBIDDEN");
        assertThat(reply.json().at("/error/message").asString())
                .isEqualTo("This API key may not do that: it needs the role " + role + ".");
        assertThat(reply.json().at("/error/details").toString())
                .isEqualTo("{\"user_roles\":[\"trainer\",\"user\"],\"required_roles\":[\"" + role + "\"]}");
    }

    @Test
    void namesTheScopeThatIsMissing() {
        String key = api().post(
                        "/api/v1/api-keys",
                        "{\"name\":\"narrow\",\"roles\":[\"admin\"],\"scopes\":[\"webhooks:read\"]}")
                .json()
                .at("/key")
                .asString();

        Reply reply = api(key).get("/metrics/security");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().at("/error").asString()).isEqualTo("ForbiddenError");
        assertThat(reply.json().at("/message").asString())
                .isEqualTo("This API key may not do that: it needs the scope security:read.");
        assertThat(reply.json().at("/details").toString())
                .isEqualTo(
                        "{\"user_roles\":[\"admin\",\"trainer\",\"user\"],\"required_roles\":[\"admin\"],\"user_scopes\":[\"webhooks:read\"],\"required_scope\":\"security:read\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "X-API-Key, not-a-key",
        "Authorization, Bearer not-a-key",
        "Authorization, Bearer two keys",
        "Authorization, bearer not-a-key",
    })
    void saysToWhomItMayConcernThatTheKeyIsWrong(String header, String value) {
        Reply reply = stranger().get("/agents", header, value);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(reply.json().at("/error").asString()).isEqualTo("UnauthorizedError");
        assertThat(reply.text()).doesNotContain("not-a-key", "two keys");
    }

    @Test
    void showsTheChecksOfEveryContextAndNoOthers() {
        Reply health = stranger().get("/health");

        assertThat(health.status()).as(health.text()).isEqualTo(200);
        assertThat(health.json().at("/checks").propertyNames())
                .containsExactly("startup", "database", "projections", "providers");
        assertThat(health.json().at("/checks/database").propertyNames())
                .containsExactly("status", "latency_ms", "message");
        assertThat(stranger().get("/api/v1/health").json().at("/services").propertyNames())
                .containsExactly("orchestrator", "ai_manager", "history");
    }
}
