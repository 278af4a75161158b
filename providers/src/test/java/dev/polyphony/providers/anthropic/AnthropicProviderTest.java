package dev.polyphony.providers.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.chat.ReplyFormat;
import dev.polyphony.providers.chat.Sampling;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.config.JsonSupport;
import dev.polyphony.providers.config.Timeouts;
import dev.polyphony.providers.contract.RecordingListener;
import dev.polyphony.providers.contract.VendorContract;
import dev.polyphony.providers.contract.VendorServer;
import dev.polyphony.providers.contract.VendorWire;
import java.net.URI;
import java.util.List;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicProviderTest extends VendorContract {
    private static final AnthropicDialect DIALECT = new AnthropicDialect(
            config(URI.create("https://api.anthropic.com/v1"), Timeouts.DEFAULT, JsonSupport.SCHEMA));

    @Override
    protected VendorWire wire() {
        return new AnthropicWire();
    }

    @Test
    void sendsItsKeyVersionAndALimit() throws InterruptedException {
        provider().reply(REQUEST.withSampling(Sampling.DEFAULT));

        RecordedRequest sent = received();
        assertThat(sent.getHeaders().get("x-api-key")).isEqualTo("secret-key");
        assertThat(sent.getHeaders().get("anthropic-version")).isEqualTo("2023-06-01");
        assertThat(sent.getUrl().encodedPath()).isEqualTo("/v1/messages");
        assertThat(VendorServer.body(sent)).contains("\"max_tokens\":4096");
    }

    @Test
    void keepsInstructionsApartFromMessages() throws InterruptedException {
        provider()
                .reply(REQUEST.withMessages(
                        List.of(new ChatMessage.Instructions("You review code."), new ChatMessage.User("Hello."))));

        assertThat(server.sent()).containsPattern("\"system\":\\[\\{[^]]*You review code\\.");
    }

    @Test
    void failsWhenTheModelDeclinesInAStream() {
        server.answer(server.events(wire().streamBegin(List.of("I ")) + AnthropicWire.end("refusal")));
        RecordingListener heard = new RecordingListener();

        assertThat(catchThrowableOfType(ProviderFailure.class, () -> provider().stream(REQUEST, recorder(heard)))
                        .problem())
                .isEqualTo(ProviderProblem.CONTENT_REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"toolu_01-x, toolu_01-x", "functions.get_weather:0, call_79ac1aaab216b228c7ab22411b23ccfa"})
    void givesIdsThatAnthropicTakes(String id, String sent) {
        assertThat(DIALECT.callId(id)).isEqualTo(sent).matches("[a-zA-Z0-9_-]{1,64}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type': 'object', 'properties': {'a': {'type': 'string'}}, 'additionalProperties': false} | true",
                "{'type': 'object', 'properties': {'a': {'type': 'string'}}} | false",
                "{'type': 'object', 'properties': {'a': {'type': 'integer', 'minimum': 1}}, 'additionalProperties':"
                        + " false} | false",
                "{'type': 'object', 'properties': {'a': {'type': 'array', 'items': {'type': 'object'}}},"
                        + " 'additionalProperties': false} | false",
                "{'type': 'array', 'items': {'type': 'string'}} | false",
                "{'type': 'object' | false"
            })
    void knowsWhichSchemasAnthropicTakes(String schema, boolean taken) {
        assertThat(DIALECT.takes(new ReplyFormat.Json("a", schema.replace('\'', '"'))))
                .isEqualTo(taken);
    }

    @Test
    void saysThatTheReplyWasCutWhereTheContextEnds() {
        String full = "\"model_context_window_exceeded\"";
        server.answer(List.of(
                server.json(wire().reply("In F").replace("\"end_turn\"", full)),
                server.events(
                        wire().streamBegin(List.of("In F")) + wire().streamEnd().replace("\"end_turn\"", full))));

        assertThat(provider().reply(REQUEST).finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(provider().stream(REQUEST, recorder(new RecordingListener())).finishReason())
                .isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void readsBlocksWhosePartsInterleave() {
        String events = wire().streamBegin(List.of("Let me see."))
                + call(1, "a", "get_weather")
                + call(2, "b", "get_time")
                + part(2, "{\"zone\":")
                + part(1, "{\"town\":")
                + part(1, "\"Ulm\"}")
                + part(2, "\"CET\"}")
                + AnthropicWire.event("content_block_stop", "\"index\": 2")
                + AnthropicWire.event("content_block_stop", "\"index\": 1")
                + AnthropicWire.end("tool_use");

        assertThat(callsOf(events))
                .containsExactly(
                        new ToolCall("a", "get_weather", "{\"town\":\"Ulm\"}"),
                        new ToolCall("b", "get_time", "{\"zone\":\"CET\"}"));
    }

    @Test
    void readsSeveralBlocksAtOnePlace() {
        String events = wire().streamBegin(List.of())
                + call(0, "a", "get_weather")
                + part(0, "{\"town\":\"Ulm\"}")
                + call(0, "b", "get_weather")
                + part(0, "{\"town\":")
                + part(0, "\"Bonn\"}")
                + call(0, "c", "get_time")
                + AnthropicWire.end("tool_use");

        assertThat(callsOf(events))
                .containsExactly(
                        new ToolCall("a", "get_weather", "{\"town\":\"Ulm\"}"),
                        new ToolCall("b", "get_weather", "{\"town\":\"Bonn\"}"),
                        new ToolCall("c", "get_time", "{}"));
    }

    @Test
    void readsContentThatIsAText() {
        server.answer(server.json(wire().reply("x").replaceFirst("\\[\\{.*?}]", "\"In F2.\"")));

        assertThat(provider().reply(REQUEST).text()).isEqualTo("In F2.");
    }

    private static String call(int index, String id, String tool) {
        return AnthropicWire.event(
                "content_block_start",
                "\"index\": %d, \"content_block\": {\"type\": \"tool_use\", \"id\": \"%s\", \"name\": \"%s\", \"input\": {}}"
                        .formatted(index, id, tool));
    }

    private static String part(int index, String json) {
        return AnthropicWire.event(
                "content_block_delta",
                "\"index\": %d, \"delta\": {\"type\": \"input_json_delta\", \"partial_json\": %s}"
                        .formatted(index, VendorWire.quoted(json)));
    }
}
