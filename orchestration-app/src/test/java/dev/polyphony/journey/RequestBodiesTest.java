package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a body may be. */
class RequestBodiesTest extends ServerTest {
    private static final String TRIGGER = "/api/v1/workflows/orchestrator/trigger";
    private static final String EMBEDDINGS = "/openai/v1/embeddings";

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "1", "\"\"", "{\"a\":1}", "[[]]", "null"})
    void refusesMoreValuesThanItReads(String value) {
        String body = "{\"model\":\"embedded\",\"input\":[" + (value + ",").repeat(300_000) + value + "]}";

        assertThat(api().post(EMBEDDINGS, body).status()).isEqualTo(413);
    }

    @Test
    void refusesMoreFieldsThanItReads() {
        StringBuilder body = new StringBuilder("{\"model\":\"embedded\"");
        for (int i = 0; i < 300_000; i++) {
            body.append(",\"x").append(i).append("\":0");
        }

        assertThat(api().post(EMBEDDINGS, body + "}").status()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/webhooks, 413",
        "/api/v1/workflows/orchestrator/trigger, 400",
        "/openai/v1/chat/completions, 400",
        "/ollama/api/show, 413"
    })
    void takesLargeBodiesOnlyWhereTextsAreExpected(String path, int status) {
        String body = "{\"url\":7,\"messages\":7,\"repository\":7,\"padding\":\"%s\"}".formatted("x".repeat(100_000));

        assertThat(api().post(path, body).status()).isEqualTo(status);
    }

    @Test
    void countsBodiesThatDoNotSayHowLongTheyAre() {
        String chunk = "x".repeat(65_536);
        RawRequest.Reply reply = RawRequest.send(
                port(),
                "POST /api/v1/webhooks HTTP/1.1|Host: localhost|Connection: close|X-API-Key: " + KEY
                        + "|Content-Type: application/json|Transfer-Encoding: chunked||10010|{\"url\":\"" + chunk
                        + "\"}      |0||");

        assertThat(reply.status()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"input\":\"a\\ud800b\"}",
                "{\"input\":\"a\\udc00b\"}",
                "{\"input\":\"\\ud83d\"}",
                "{\"input\":\"\\ud83d\\n\"}",
                "{\"input\":\"\\ud83d\\ud83d\\ude00\"}",
                "{\"input\":\"\\ude00\\ud83d\"}",
                "{\"input\":\"x\",\"a\\ud800\":1}",
                "{\"subject\":\"\\uD800\",\"input\":\"x\"}"
            })
    void refusesHalfACharacter(String body) {
        for (String path : new String[] {TRIGGER, EMBEDDINGS, "/ollama/api/embed"}) {
            Api.Reply reply = api().post(path, body);

            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            assertThat(reply.text()).contains("surrogate");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d\\ude00", "\\\\ud800", "\\\\\\ud83d\\uDE00", "😀", "\\u00e9\\\"\\ud83d\\ude00"})
    void takesWholeCharacters(String input) {
        Api.Reply reply = api().post(TRIGGER, "{\"input\":\"%s\"}".formatted(input));

        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/workflows/orchestrator/trigger | {\"repo\":\"domain\"}              | repo    | repository",
                "/api/v1/workflows/orchestrator/trigger | {\"aiProviders\":\"all\"}          | aiProviders |"
                        + " ai_providers",
                "/api/v1/workflows/orchestrator/trigger | {\"priority\":\"high\"}            | priority |"
                        + " priority_level",
                "/api/v1/webhooks                       | {\"url\":\"u\",\"event\":[\"*\"]}  | event   | events"
            })
    void namesTheFieldThatWasProbablyMeant(String path, String body, String field, String nearest) {
        Api.Reply reply = api().post(path, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/error/details/parameter").asString()).isEqualTo(field);
        assertThat(reply.text()).contains("did you mean '" + nearest + "'?");
    }

    @Test
    void refusesAFieldThatComesTwice() {
        Api.Reply reply = api().post(TRIGGER, "{\"input\":\"one\",\"input\":\"two\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("input");
    }

    @Test
    void leavesVendorsTheirCustomOfIgnoringFields() {
        assertThat(api().post(EMBEDDINGS, "{\"model\":\"embedded\",\"input\":\"a\",\"user\":\"u\",\"x\":1}")
                        .status())
                .isEqualTo(200);
        assertThat(api().get("/openai/v1/models?limit=3").status()).isEqualTo(200);
    }
}
