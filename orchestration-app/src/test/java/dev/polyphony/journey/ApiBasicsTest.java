package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.journey.Api.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiBasicsTest extends ServerTest {
    private static final String TRIGGER = "/api/v1/workflows/orchestrator/trigger";

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/healthz", "/ready", "/live", "/api/v1/health", "/openapi.json", "/docs"})
    void needsNoKeyForHealthAndDocumentation(String path) {
        assertThat(stranger().get(path).status()).isIn(200, 302);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/tasks, /error/code, UNAUTHORIZED",
        "/v1/models, /error_code, AUTHENTICATION_REQUIRED",
        "/agents, /error, UnauthorizedError"
    })
    void answersInTheFormOfTheBasePath(String path, String pointer, String code) {
        Reply reply = stranger().get(path);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().at(pointer).asString()).isEqualTo(code);
        assertThat(reply.text()).contains(reply.header("X-Request-ID"));
    }

    @Test
    void describesItselfInTheNamesThatItSpeaks() {
        var schemas = stranger().get("/openapi.json").json().at("/components/schemas");

        assertThat(schemas.at("/OrchestratorTrigger/properties").propertyNames())
                .contains("orchestration_mode", "ai_providers")
                .doesNotContain("orchestrationMode");
    }

    @Test
    void answersProblemDetailsToThoseWhoAskForThem() {
        Reply reply = api().get("/api/v1/workflows/orchestrator/nope/status", "Accept", "application/problem+json");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.json().at("/type").asString()).isEqualTo("urn:polyphony:problem:workflow-not-found");
        assertThat(reply.json().at("/status").asInt()).isEqualTo(404);
    }

    @Test
    void takesTheKeyAsABearerTokenToo() {
        assertThat(stranger()
                        .get("/api/v1/webhooks", "Authorization", "Bearer " + KEY)
                        .status())
                .isEqualTo(200);
        assertThat(stranger().get("/api/v1/webhooks", "X-API-Key", "wrong").status())
                .isEqualTo(401);
        assertThat(stranger()
                        .get("/api/v1/webhooks", "X-API-Key", "not a token at all")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void echoesAGoodRequestIdAndReplacesABadOne() {
        assertThat(stranger().get("/health", "X-Request-ID", "mine-1").header("X-Request-ID"))
                .isEqualTo("mine-1");
        assertThat(stranger().get("/health", "X-Request-ID", "not good!").header("X-Request-ID"))
                .startsWith("req-");
    }

    @Test
    void saysWhereJsonIsMalformed() {
        Reply reply = api().post(TRIGGER, "{\n  \"repository\": oops\n}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/error/message").asString()).contains("line 2, column ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"repository\": 5}                            | repository",
                "{\"repository\": \"\"}                         | repository",
                "{\"priority_level\": \"urgent\"}               | priority_level",
                "{\"orchestration_mode\": true}                 | orchestration_mode",
                "{\"target_components\": \"security,nonsense\"} | target_components",
                "{\"ai_providers\": \"nobody\"}                 | ai_providers",
                "{\"repository\": \"../../etc\"}                | repository",
                "{\"repository\": \"/etc\"}                     | repository",
                "{\"repository\": \"no-such-folder\"}           | repository",
                "{\"repository\": \"http://10.0.0.1/a.git\"}    | repository",
                "{\"repository\": \"http://[::1]/a.git\"}       | repository",
                "{\"repository\": \"a\", \"input\": \"b\"}      | input",
                "{\"input\": \"a\", \"subject\": \"\"}          | subject",
                "{\"input\": \"a\", \"subject\": \"a/b\"}       | subject",
                "{\"input\": \"a\", \"subject\": 7}             | subject",
            })
    void namesTheFieldThatIsWrong(String body, String field) {
        Reply reply = api().post(TRIGGER, body);

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().at("/error/details/parameter").asString()).isEqualTo(field);
    }

    @Test
    void refusesCharactersThatNoTextCanHold() {
        assertThat(api().get("/api/v1/events?actor=%00").status()).isEqualTo(400);
        assertThat(api().get("/api/v1/workflows/orchestrator/%00/status").status())
                .isEqualTo(400);
        assertThat(api().post(TRIGGER, "{\"input\":\"a\\u0000b\"}").status()).isEqualTo(400);
        assertThat(api().post(TRIGGER, "{\"repository\":\"a\\u0000b\"}").status())
                .isEqualTo(400);
    }

    @Test
    void refusesFieldsThatItDoesNotKnow() {
        Reply reply = api().post(TRIGGER, "{\"input\":\"Some text.\",\"repo\":\"domain\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/error/details/parameter").asString()).isEqualTo("repo");
        assertThat(reply.text()).contains("did you mean 'repository'?");
    }

    @Test
    void answers404ForWhatIsNotThere() {
        assertThat(api().get("/api/v1/workflows/orchestrator/nope/status")
                        .json()
                        .at("/error/code")
                        .asString())
                .isEqualTo("WORKFLOW_NOT_FOUND");
        assertThat(api().get("/api/v1/nothing").json().at("/error/message").asString())
                .contains("GET /api/v1/nothing");
    }

    @Test
    void answers405AndSaysWhatIsAllowed() {
        Reply reply = api().delete(TRIGGER);

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).contains("POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=many", "from=yesterday", "cursor=x"})
    void refusesFiltersThatDoNotFit(String query) {
        Reply reply = api().get("/api/v1/events?" + query);

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().at("/error/details/parameter").asString())
                .isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @Test
    void pagesThroughTheHistoryWithoutGaps() {
        api().post(TRIGGER, "{\"input\":\"Some text.\"}");
        var first = api().get("/api/v1/events?limit=1").json();
        var second = api().get("/api/v1/events?limit=1&cursor="
                        + first.at("/next_cursor").asString())
                .json();

        assertThat(second.at("/items/0/position").asLong())
                .isEqualTo(first.at("/items/0/position").asLong() - 1);
    }
}
