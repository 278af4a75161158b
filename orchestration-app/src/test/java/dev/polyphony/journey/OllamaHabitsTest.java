package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.journey.Api.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Ollama's clients do beside asking. */
class OllamaHabitsTest extends GatewayTest {
    private static final String CHAT = "/ollama/api/chat";
    private static final String QUESTION = """
        {"model": "vendor", "stream": false, "keep_alive": "a=b&c%25",
         "messages": [{"role": "user", "content": "What colour is the lighthouse?"}]}\
        """;

    /** As the examples in Ollama's documentation send it, with curl. */
    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "nonsense"})
    void takesEveryBodyForJson(String type) {
        Reply reply = stranger().postAs(type, CHAT, QUESTION, "Authorization", "Bearer " + KEY);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().at("/message/content").asString()).isEqualTo("The lighthouse is red.");
        assertThat(asked.get()).contains("What colour is the lighthouse?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/chat     | \"messages\":[]                     | load   | /message/content",
                "/chat     | \"keep_alive\":\"5m\"              | load   | /message/content",
                "/chat     | \"messages\":[],\"keep_alive\":0   | unload | /message/content",
                "/generate | \"prompt\":\"\"                    | load   | /response",
                "/generate | \"keep_alive\":\"0s\"              | unload | /response"
            })
    void hasNothingToLoad(String path, String nothing, String reason, String text) {
        Reply reply = bearer("/ollama/api" + path, "{\"model\":\"vendor\"," + nothing + "}");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().at("/done").asBoolean()).isTrue();
        assertThat(reply.json().at("/done_reason").asString()).isEqualTo(reason);
        assertThat(reply.json().at(text).asString()).isEmpty();
        assertThat(asked.get()).isEmpty();
    }
}
