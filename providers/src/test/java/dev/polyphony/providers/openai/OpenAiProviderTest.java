package dev.polyphony.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.chat.Sampling;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.config.JsonSupport;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.config.Timeouts;
import dev.polyphony.providers.contract.ProviderConfigs;
import dev.polyphony.providers.contract.RecordingListener;
import dev.polyphony.providers.contract.VendorContract;
import dev.polyphony.providers.contract.VendorServer;
import dev.polyphony.providers.contract.VendorWire;
import dev.polyphony.providers.vendor.LangChainProvider;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiProviderTest extends VendorContract {
    @Override
    protected VendorWire wire() {
        return new OpenAiWire();
    }

    @Test
    void sendsItsKeyAsABearerToken() throws InterruptedException {
        provider().reply(REQUEST.withSampling(new Sampling(null, null, 120, List.of(), 42L)));

        RecordedRequest sent = received();
        assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer secret-key");
        assertThat(sent.getUrl().encodedPath()).isEqualTo("/v1/chat/completions");
        assertThat(VendorServer.body(sent))
                .contains("\"seed\":42", "\"max_tokens\":120")
                .doesNotContain("max_completion_tokens", "temperature", "tools");
    }

    /** Some servers that speak OpenAI's API leave the last event out. */
    @Test
    void takesAStreamThatSaysWhyItStoppedForWhole() {
        server.answer(server.events(wire().streamBegin(List.of("In ", "F2.")) + OpenAiWire.chunk("{}", "\"stop\"")));

        ModelReply reply = provider().stream(REQUEST, recorder(new RecordingListener()));

        assertThat(reply.text()).isEqualTo("In F2.");
        assertThat(reply.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(reply.usage()).isNull();
    }

    @Test
    void takesThoughtsForTokens() {
        String thought = OpenAiWire.chunk("{\"reasoning_content\": \"Hm.\"}", "null");
        server.answer(server.events(wire().streamBegin(List.of()) + thought + wire().streamEnd())
                .throttleBody((wire().streamBegin(List.of()) + thought).length(), 1, TimeUnit.HOURS));
        Timeouts impatient = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20), SHORT);

        assertThat(catchThrowableOfType(
                                ProviderFailure.class,
                                () -> provider(impatient, JsonSupport.SCHEMA).stream(
                                        REQUEST, recorder(new RecordingListener())))
                        .problem())
                .isEqualTo(ProviderProblem.PROVIDER_STALLED);
    }

    @Test
    void sendsNoKeyWhereNoneIsConfigured() throws InterruptedException {
        ProviderConfig keyless = ProviderConfigs.vendor(server.url("/v1/"), null, Timeouts.DEFAULT, JsonSupport.SCHEMA);

        new LangChainProvider(keyless, wire().dialect(keyless), http.client()).reply(REQUEST);

        RecordedRequest sent = received();
        assertThat(sent.getHeaders().get("Authorization")).isNull();
        assertThat(sent.getUrl().encodedPath()).isEqualTo("/v1/chat/completions");
    }

    /** DeepSeek and Qwen repeat a call's id in every piece; some servers leave the index out and begin to count at one. */
    @Test
    void readsToolCallsAsOthersStreamThem() {
        server.answer(server.events(OpenAiWire.chunk(
                        "{\"tool_calls\": [{\"index\": 1, \"id\": \"a\", \"function\": {\"name\": \"get_weather\","
                                + " \"arguments\": \"{\\\"town\\\":\"}}]}",
                        "null")
                + OpenAiWire.chunk(
                        "{\"tool_calls\": [{\"index\": 1, \"id\": \"a\", \"function\": {\"name\": null, \"arguments\":"
                                + " \"\\\"Ulm\\\"}\"}}]}",
                        "null")
                + wire().streamEnd()));
        RecordingListener heard = new RecordingListener();

        provider().stream(REQUEST, recorder(heard));

        assertThat(heard.calls()).containsExactly(new ToolCall("a", "get_weather", "{\"town\":\"Ulm\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1, toolu_01-x, toolu_01-x",
        "https://api.mistral.ai/v1, abcDEF123, abcDEF123",
        "https://codestral.mistral.ai/v1, toolu_01, 7a95b7039"
    })
    void givesMistralIdsOfItsOwnKind(URI url, String id, String sent) {
        OpenAiDialect dialect = new OpenAiDialect(config(url, Timeouts.DEFAULT, JsonSupport.SCHEMA));

        assertThat(dialect.callId(id)).isEqualTo(sent);
        assertThat(dialect.callId(id)).as("the same again").isEqualTo(sent);
    }

    @Test
    void tellsOpenAiItselfTheLimitInItsOwnWord() {
        ProviderConfig openai = config(URI.create("https://api.openai.com/v1"), Timeouts.DEFAULT, JsonSupport.SCHEMA);

        assertThat(new OpenAiDialect(openai).limitsTokensItself()).isTrue();
        assertThat(openai.toString()).doesNotContain("secret-key");
    }

    @Test
    void asksForTheCountOfTokensInAStream() throws InterruptedException {
        provider().stream(
                REQUEST.withMessages(List.of(new ChatMessage.User("Hello."))), recorder(new RecordingListener()));

        assertThat(server.sent()).contains("\"include_usage\":true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'data': [{'id': 'large-2411', 'aliases': ['large', 'latest']}]}",
                "[{'id': 'large'}, {'id': 7}, {}, 'odd']"
            })
    void readsListsAsOthersWriteThem(String list) {
        server.answer(server.json(list.replace('\'', '"')));

        assertThat(provider().models(Duration.ofSeconds(30)).orElseThrow()).contains("large");
    }

    /** Some say in every event that they have not finished, by an empty reason. */
    @Test
    void doesNotTakeAnEmptyReasonForTheEnd() {
        server.answer(server.events(OpenAiWire.chunk("{\"content\": \"In \"}", "\"\"")));

        assertThat(catchThrowableOfType(
                                ProviderFailure.class,
                                () -> provider().stream(REQUEST, recorder(new RecordingListener())))
                        .problem())
                .isEqualTo(ProviderProblem.PROVIDER_STREAM_BROKEN);
    }

    /** xAI counts what its models thought beside what they wrote, OpenAI within. */
    @ParameterizedTest
    @CsvSource({"800, 763", "567, 530"})
    void countsThoughtsOnce(int total, int written) {
        server.answer(server.json(wire().reply("Red.")
                .replaceFirst(
                        "\"usage\": \\{[^}]*}",
                        "\"usage\": {\"prompt_tokens\": 37, \"completion_tokens\": 530,"
                                + " \"total_tokens\": " + total
                                + ", \"completion_tokens_details\": {\"reasoning_tokens\": 233}}")));

        assertThat(provider().reply(REQUEST).usage()).isEqualTo(new TokenUsage(37, written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "insufficient_system_resource"})
    void doesNotTakeAReplyForWholeThatTheVendorBrokeOff(String reason) {
        String broken = OpenAiWire.chunk("{}", "\"" + reason + "\"");
        server.answer(List.of(
                server.json(wire().reply("In F").replace("\"stop\"", "\"" + reason + "\"")),
                server.events(wire().streamBegin(List.of("In F")) + broken + "data: [DONE]\n\n")));

        assertThat(failure(REQUEST, ProviderProblem.PROVIDER_FAILED)).hasMessageContaining(reason);
        assertThat(catchThrowableOfType(
                                ProviderFailure.class,
                                () -> provider().stream(REQUEST, recorder(new RecordingListener())))
                        .problem())
                .isEqualTo(ProviderProblem.PROVIDER_FAILED);
    }

    @Test
    void knowsOtherWordsForTheLimitOnTokens() {
        server.answer(server.json(wire().reply("In F").replace("\"stop\"", "\"model_length\"")));

        assertThat(provider().reply(REQUEST).finishReason()).isEqualTo(FinishReason.LENGTH);
    }
}
