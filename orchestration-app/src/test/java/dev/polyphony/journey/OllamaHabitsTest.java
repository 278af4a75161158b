package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.journey.Api.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Ollama's clients do beside asking. */
class OllamaHabitsTest extends GatewayTest {
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
