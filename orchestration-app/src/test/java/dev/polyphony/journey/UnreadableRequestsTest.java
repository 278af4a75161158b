package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What cannot be read is its sender's fault: 4xx in our form, with a request id and nothing in the log. */
@ExtendWith(OutputCaptureExtension.class)
class UnreadableRequestsTest extends ServerTest {
    private static final String HOST = "Host: localhost|Connection: close|";
    private static final String AUTH = "X-API-Key: " + KEY + "|";
    private static final String TRIGGER = "/api/v1/workflows/orchestrator/trigger HTTP/1.1|" + HOST;

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "400 ! GET /%ZZ HTTP/1.1|" + HOST,
                "400 ! GET /api/v1/%ZZ HTTP/1.1|" + HOST,
                "400 ! GET /api/v1/%FF HTTP/1.1|" + HOST,
                "400 ! GET /api/v1/%00 HTTP/1.1|" + HOST,
                "400 ! GET /api/v1;a=b/events HTTP/1.1|" + HOST,
                "400 ! GET /api//v1/events HTTP/1.1|" + HOST,
                "400 ! GET /api/../live HTTP/1.1|" + HOST,
                "400 ! GET /../../etc/passwd HTTP/1.1|" + HOST,
                "400 ! GET /api%2fv1 HTTP/1.1|" + HOST,
                "400 ! GET /api\\v1 HTTP/1.1|" + HOST,
                "400 ! GET /a<b> HTTP/1.1|" + HOST,
                "400 ! GET /live?x=%ZZ HTTP/1.1|" + HOST,
                "400 ! GET /live?x=%00 HTTP/1.1|" + HOST,
                "400 ! GET /api/v1/events?actor=%FF HTTP/1.1|" + HOST + AUTH,
                "400 ! GET /api/v1/events?actor=%ED%A0%80 HTTP/1.1|" + HOST + AUTH,
                "400 ! GET /live HTTP/1.1|Connection: close|",
                "400 ! GET /live HTTP/1.1|Host: a b|",
                "400 ! GET /live HTTP/1.1|Host: a|Host: b|",
                "400 ! GET /live HTTP/1.1|" + HOST + "no colon|",
                "400 ! GET /live HTTP/1.1|" + HOST + "a b: c|",
                "400 ! GET /live NONSENSE|" + HOST,
                "400 ! G(T /live HTTP/1.1|" + HOST,
                "400 ! POST " + TRIGGER + AUTH + "Content-Length: -1|",
                "400 ! POST " + TRIGGER + AUTH + "Content-Length: 1|Content-Length: 2|",
                "400 ! POST " + TRIGGER + AUTH + "Content-Type: application/json|Transfer-Encoding: chunked||ZZ|{}|0||",
                "405 ! TRACE /live HTTP/1.1|" + HOST,
                "405 ! BREW " + TRIGGER + AUTH,
                "406 ! GET /live HTTP/1.1|" + HOST + "Accept: ,,/|",
                "406 ! GET /api/v1/webhooks HTTP/1.1|" + HOST + AUTH + "Accept: ///;;q=z|",
                "415 ! POST " + TRIGGER + AUTH + "Content-Type: multipart/form-data|Content-Length: 2||--",
                "415 ! POST " + TRIGGER + AUTH
                        + "Content-Type: multipart/form-data; boundary=x|Content-Length: 5||--x||",
                "415 ! POST " + TRIGGER + AUTH + "Content-Type: text/xml|Content-Length: 4||<a/>",
                "415 ! POST " + TRIGGER + AUTH + "Content-Type: ///|Content-Length: 2||{}",
                "415 ! POST " + TRIGGER + AUTH + "Content-Type: application/json; charset=no|Content-Length: 2||{}",
                "415 ! POST " + TRIGGER + AUTH + "Content-Type: application/json; charset=utf-16|Content-Length: 2||{}",
                "417 ! POST " + TRIGGER + AUTH + "Expect: wonders|Content-Length: 2||{}",
                "400 ! POST " + TRIGGER + AUTH
                        + "Content-Type: application/x-www-form-urlencoded|Content-Length: 5||a=%ZZ"
            })
    void isRefusedInOurForm(int status, String request, CapturedOutput log) {
        int before = log.getAll().length();

        RawRequest.Reply reply = RawRequest.send(port(), request + (request.contains("||") ? "" : "|"));

        assertThat(reply.status()).as(reply.head()).isEqualTo(status);
        assertThat(reply.has("X-Request-ID")).as(reply.head()).isTrue();
        assertThat(reply.body()).contains("\"message\":\"").doesNotContain("<html", "Exception");
        if (request.contains(" /api/v1/") || request.contains(" /api//v1/")) {
            assertThat(reply.body()).contains("{\"success\":false,\"error\":{\"code\":\"");
        }
        assertThat(log.getAll().substring(before)).doesNotContain("\tat ", "ERROR");
    }

    @ParameterizedTest
    @CsvSource({"/live, 200", "/health, 200", "/api/v1/webhooks, 401", "/openai/v1/models, 401", "/docs, 302"})
    void aMultipartBodyHurtsNoPath(String path, int status) {
        RawRequest.Reply reply = RawRequest.send(
                port(),
                "GET " + path + " HTTP/1.1|" + HOST + "Content-Type: multipart/form-data|Content-Length: 2||--");

        assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    void namesWhatIsTooLarge() {
        String rest = " HTTP/1.1|" + HOST;
        assertThat(RawRequest.send(port(), "GET /live" + rest + "X: " + "a".repeat(20_000) + "||")
                        .status())
                .isEqualTo(431);
        assertThat(RawRequest.send(port(), "GET /live" + rest + "X: a|".repeat(300) + "|")
                        .status())
                .isEqualTo(431);
        assertThat(RawRequest.send(port(), "GET /live?" + "a".repeat(20_000) + rest + "|")
                        .status())
                .isEqualTo(414);
    }

    @ParameterizedTest
    @CsvSource({
        "from=-1000000000-01-01T00:00:00Z, from",
        "to=%2B1000000000-12-31T23:59:59Z, to",
        "from=-4800-01-01T00:00:00Z, from",
        "from=2026-02-30T00:00:00Z, from",
        "limit=NaN, limit",
        "limit=1e3, limit",
        "limit=99999999999999999999, limit",
        "cursor=9223372036854775808, cursor",
        "limit=0x10, limit",
        "limit=0X10, limit",
        "limit=%2310, limit",
        "limit=0b1, limit",
        "limit=010, limit",
        "limit=00, limit",
        "limit=+5, limit",
        "limit=%2B5, limit",
        "limit=%205, limit",
        "limit=5%0A, limit",
        "limit=1_0, limit",
        "limit=1.0, limit",
        "limit=5L, limit",
        "limit=%D9%A5, limit",
        "limit=%EF%BC%95, limit",
        "limit=1%2C000, limit",
        "cursor=0x10, cursor",
        "cursor=-0x10, cursor",
        "cursor=%D9%A5, cursor",
        "limit=1&limit=2, limit",
        "corelation_id=a, corelation_id",
        "correlationId=a, correlationId",
        "state=failed, state"
    })
    void namesTheParameterThatIsWrong(String query, String parameter) {
        Api.Reply reply = api().get("/api/v1/events?" + query);

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().at("/error/details/parameter").asString()).isEqualTo(parameter);
        if (parameter.startsWith("cor")) {
            assertThat(reply.text()).contains("did you mean 'correlation_id'?");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/events/verify?from=0x1",
                "/api/v1/events/verify?to=%2B5",
                "/api/v1/events/export?from=010",
                "/api/v1/budgets?limit=0x10",
                "/api/v1/webhooks?limit=%2310",
                "/api/v1/webhooks/123e4567-e89b-12d3-a456-426614174000/deliveries?limit=0x10",
                "/api/v1/projections/webhook-directory/dead-letters?cursor=0x10"
            })
    void takesDecimalNumbersOnly(String path) {
        Api.Reply reply = api().get(path);

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().at("/error/message").asString()).contains("a number");
    }

    @Test
    void takesDecimalNumbersInPathsOnly() {
        assertThat(api().delete("/api/v1/projections/webhook-directory/dead-letters/0x10")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/webhooks/1-2-3-4-5, id",
        "/api/v1/webhooks/%20123e4567-e89b-12d3-a456-426614174000, id",
        "/api/v1/webhooks/7, id",
        "/api/v1/webhooks/nope/deliveries, id",
        "/api/v1/webhooks/123e4567-e89b-12d3-a456-42661417400g, id"
    })
    void saysOfWhatFormAnIdIs(String path, String parameter) {
        Api.Reply reply = api().get(path);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/error/message").asString())
                .startsWith("'" + parameter + "' must be an id of the form 123e4567-");
    }
}
