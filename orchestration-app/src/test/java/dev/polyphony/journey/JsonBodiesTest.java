package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.journey.Api.Reply;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bodies of the interfaces that stand in for those of others. */
class JsonBodiesTest extends GatewayTest {
    private static final String OPENAI = "/openai/v1/chat/completions";
    private static final String OLLAMA = "/ollama/api/chat";
    private static final String QUESTION = """
        {"model": "vendor", "stream": false, "keep_alive": "a=b&c%25",
         "messages": [{"role": "user", "content": "Wie heißt der Leuchtturm?"}]}\
        """;

    /** The examples in Ollama's documentation are sent with curl, which calls its bodies a form. */
    @ParameterizedTest
    @CsvSource({
        OPENAI + ", application/x-www-form-urlencoded, /choices/0/message/content",
        OPENAI + ", text/plain, /choices/0/message/content",
        OPENAI + ", nonsense, /choices/0/message/content",
        OLLAMA + ", application/x-www-form-urlencoded, /message/content",
        OLLAMA + ", text/plain, /message/content",
        OLLAMA + ", nonsense, /message/content"
    })
    void takesEveryBodyForJson(String path, String type, String content) {
        Reply reply = stranger().postAs(type, path, QUESTION, "Authorization", "Bearer " + KEY);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().at(content).asString()).isEqualTo("The lighthouse is red.");
        assertThat(asked.get()).contains("Wie heißt der Leuchtturm?");
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENAI, OLLAMA})
    void answersInJsonWhateverIsAcceptedAndSaysHowLongItIs(String path) {
        Reply reply = stranger().post(path, QUESTION, "Authorization", "Bearer " + KEY, "Accept", "text/html");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("Content-Length"))
                .isEqualTo(String.valueOf(reply.text().getBytes(StandardCharsets.UTF_8).length));
        assertThat(reply.json().isObject()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({OPENAI + ", stop", OPENAI + ", more"})
    void saysHowMuchABodyMayBe(String path, String field) {
        String megabyte = "\"" + "x".repeat(1_000_000) + "\",";
        for (String body : new String[] {
            "{\"model\":\"%s\"}".formatted("x".repeat(4_000_001)),
            "{\"%s\":[%s\"\"]}".formatted(field, megabyte.repeat(16)),
            "{\"%s\":%s%s}".formatted(field, "[".repeat(100), "]".repeat(100))
        }) {
            Reply reply = bearer(path, body);

            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.text()).contains("at most 16000000 bytes, 4000000 characters in one text, 100 levels");
        }
    }

    @Test
    void saysHowMuchABodyOfOurOwnApiMayBe() {
        Reply reply =
                bearer("/api/v1/workflows/orchestrator/trigger", "{\"input\":\"%s\"}".formatted("x".repeat(4_000_001)));

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.text()).contains("4000000 characters in one text");
    }

    @Test
    void doesNotRepeatALongNameInFull() {
        Reply reply = bearer(OPENAI, "{\"model\":\"%s\"}".formatted("x".repeat(1_000_000)));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).hasSizeLessThan(2_000).contains("xxx…");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                            | a JSON object with the documented fields",
                "null                                          | a JSON object with the documented fields",
                "[]                                            | a JSON object with the documented fields",
                "{\"model\":                                   | The request body is not JSON: line 1, column",
                "{\"model\":\"vendor\"} and more               | The request body is not JSON: line 1, column",
                "{\"model\":\"vendor\",\"messages\":3}         | 'messages' must be an array",
                "{\"messages\":[{\"role\":[]}]}                | 'messages.0.role' must be a string"
            })
    void saysWhatIsWrongWithABody(String body, String message) {
        for (String path : new String[] {OPENAI, OLLAMA}) {
            Reply reply = bearer(path, body);

            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            assertThat(reply.text()).contains(message);
        }
        assertThat(asked.get()).isEmpty();
    }
}
