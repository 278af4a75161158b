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
import java.util.stream.Collectors;
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

    /** The parts of tool calls, one in each line: place, id, name and arguments, which are JSON. */
    private List<ToolCall> callsIn(String parts) {
        String events = parts.lines()
                .map(part -> chunk("{\"tool_calls\": [%s]}".formatted(part), "null"))
                .collect(Collectors.joining());
        return callsOf(events + wire().callEnd() + wire().streamEnd());
    }

    private static String chunk(String delta, String reason) {
        return OpenAiWire.chunk(delta, reason);
    }

    @Test
    void readsCallsWhosePartsInterleave() {
        assertThat(callsIn("""
            {"index": 0, "id": "a", "function": {"name": "get_weather", "arguments": ""}}
            {"index": 1, "id": "b", "function": {"name": "get_time", "arguments": ""}}
            {"index": 0, "function": {"arguments": "{\\"town\\":"}}
            {"index": 1, "function": {"arguments": "{\\"zone\\":"}}
            {"index": 1, "function": {"arguments": "\\"CET\\"}"}}
            {"index": 0, "function": {"arguments": "\\"Ulm\\"}"}}
            """))
                .containsExactly(
                        new ToolCall("a", "get_weather", "{\"town\":\"Ulm\"}"),
                        new ToolCall("b", "get_time", "{\"zone\":\"CET\"}"));
    }

    @Test
    void readsPartsOfSeveralCallsInOneEvent() {
        assertThat(callsIn("""
            {"index": 1, "id": "b", "function": {"name": "get_time"}}, {"index": 0, "id": "a", "function": {"name": "get_weather"}}
            {"index": 0, "function": {"arguments": "{\\"town\\":"}}, {"index": 1, "function": {"arguments": "{\\"z\\""}}
            {"index": 1, "function": {"arguments": ":1}"}}, {"index": 0, "function": {"arguments": "\\"Ulm\\"}"}}
            """))
                .containsExactlyInAnyOrder(
                        new ToolCall("a", "get_weather", "{\"town\":\"Ulm\"}"),
                        new ToolCall("b", "get_time", "{\"z\":1}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'index': 0, |'index': 0, |'id': 'a', |'id': 'b', ", // a new id begins a new call
                "||'id': 'a', |'id': 'b', ", // no places
                "'index': 0, |'index': 1, |'id': 'a', |'id': 'a', ", // the same id at another place
            })
    void readsCallsOneAfterTheOther(String form) {
        String[] parts = form.replace('\'', '"').split("\\|", -1);
        assertThat(callsIn("""
            {%1$s%3$s"function": {"name": "get_weather", "arguments": ""}}
            {%1$s"function": {"arguments": "{\\"town\\":"}}
            {%1$s"function": {"arguments": "\\"Ulm\\"}"}}
            {%2$s%4$s"function": {"name": "get_weather", "arguments": "{\\"town\\""}}
            {%2$s"function": {"name": "", "arguments": ":\\"Bonn\\"}"}}
            """.formatted(parts[0], parts[1], parts[2], parts[3])))
                .extracting(ToolCall::arguments)
                .containsExactly("{\"town\":\"Ulm\"}", "{\"town\":\"Bonn\"}");
    }

    @Test
    void readsInterleavedCallsThatOnlyTheirIdsTellApart() {
        assertThat(callsIn("""
            {"index": 0, "id": "a", "function": {"name": "get_weather", "arguments": "{\\"town\\":"}}
            {"index": 0, "id": "b", "function": {"name": "get_time", "arguments": "{\\"zone\\":"}}
            {"index": 0, "id": "a", "function": {"arguments": "\\"Ulm\\"}"}}
            {"index": 0, "id": "b", "function": {"arguments": "\\"CET\\"}"}}
            """))
                .containsExactly(
                        new ToolCall("a", "get_weather", "{\"town\":\"Ulm\"}"),
                        new ToolCall("b", "get_time", "{\"zone\":\"CET\"}"));
    }

    @Test
    void readsCallsWithoutIdsAndPlaces() {
        List<ToolCall> calls = callsIn("""
            {"function": {"name": "get_weather", "arguments": "{\\"town\\":\\"Ulm\\"}"}}
            {"function": {"name": "get_weather", "arguments": {"town": "Bonn"}}}
            {"function": {"name": "get_time"}}
            """);

        assertThat(calls)
                .extracting(ToolCall::arguments)
                .containsExactly("{\"town\":\"Ulm\"}", "{\"town\":\"Bonn\"}", "{}");
        assertThat(calls).extracting(ToolCall::id).doesNotHaveDuplicates().allMatch(id -> !id.isBlank());
    }

    @Test
    void readsArgumentsThatAreAnObject() {
        String call =
                "{\"id\": \"a\", \"function\": {\"name\": \"count\", \"arguments\": {\"n\": 9007199254740993, \"in\":"
                        + " [1]}}}";
        server.answer(server.json(wire().reply("x")
                .replaceFirst("\"content\": \"x\"", "\"content\": null, \"tool_calls\": [" + call + "]")));

        assertThat(provider().reply(REQUEST).calls())
                .containsExactly(new ToolCall("a", "count", "{\"n\":9007199254740993,\"in\":[1]}"));
        assertThat(callsIn(call.replaceFirst("\\{", "{\"index\": 0, ")))
                .containsExactly(new ToolCall("a", "count", "{\"n\":9007199254740993,\"in\":[1]}"));
    }

    @Test
    void readsPiecesOfContentThatAreListsOfParts() {
        server.answer(server.events(chunk("{\"content\": [{\"type\": \"text\", \"text\": \"In \"}]}", "null")
                + chunk(
                        "{\"content\": [{\"type\": \"thinking\", \"thinking\": [{\"type\": \"text\", \"text\":"
                                + " \"Hm\"}]}]}",
                        "null")
                + chunk("{\"content\": [\"F\", {\"type\": \"text\", \"text\": \"2.\"}]}", "null")
                + wire().streamEnd()));

        assertThat(streamed().text()).isEqualTo("In F2.");
    }

    /** The limit on tokens may fall into a call: the call is left out, the text stays. */
    @Test
    void leavesOutACallThatTheLimitCut() {
        server.answer(server.events(wire().streamBegin(List.of("Let me see."))
                + chunk(
                        "{\"tool_calls\": [{\"index\": 0, \"id\": \"a\", \"function\": {\"name\": \"f\","
                                + " \"arguments\": \"{}\"}}]}",
                        "null")
                + chunk(
                        "{\"tool_calls\": [{\"index\": 1, \"id\": \"b\", \"function\": {\"name\": \"g\","
                                + " \"arguments\": \"{\\\"a\"}}]}",
                        "null")
                + wire().cutEnd()));

        ModelReply reply = streamed();
        assertThat(reply.text()).isEqualTo("Let me see.");
        assertThat(reply.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(reply.calls()).containsExactly(new ToolCall("a", "f", "{}"));
    }

    /** Some repeat the whole message beside its pieces. */
    @Test
    void doesNotReadAMessageTwice() {
        server.answer(server.events(chunk("{\"content\": \"In F2.\"}, \"message\": {\"content\": \"In F2.\"}", "null")
                + chunk("{}, \"message\": {\"content\": \"In F2.\"}", "\"stop\"") + "data: [DONE]\n\n"));

        assertThat(streamed().text()).isEqualTo("In F2.");
    }

    private static String unsupported(String name, String instead) {
        return """
            {"error": {"message": "Unsupported parameter: '%1$s' is not supported with this model. Use '%2$s' instead.",
             "type": "invalid_request_error", "param": "%1$s", "code": "unsupported_parameter"}}\
            """.formatted(name, instead);
    }

    @ParameterizedTest
    @CsvSource({"large, max_tokens, max_completion_tokens", "openai/o3-mini, max_completion_tokens, max_tokens"})
    void learnsTheNameOfTheLimitOnTokens(String model, String first, String second) throws InterruptedException {
        ProviderConfig config = ProviderConfigs.asking(server.url("/v1"), model);
        LangChainProvider provider = new LangChainProvider(config, wire().dialect(config), http.client());
        server.answer(List.of(server.json(unsupported(first, second)).code(400), server.json(wire().reply("In F2."))));

        assertThat(provider.reply(REQUEST).text()).isEqualTo("In F2.");
        assertThat(server.sent()).contains("\"%s\":120".formatted(first)).doesNotContain("\"" + second + "\"");
        assertThat(server.sent()).contains("\"%s\":120".formatted(second)).doesNotContain("\"" + first + "\"");

        server.answer(server.events(wire().streamBegin(List.of("In F2.")) + wire().streamEnd()));
        assertThat(provider.stream(REQUEST, recorder(new RecordingListener())).text())
                .isEqualTo("In F2.");
        assertThat(server.sent()).as("from now on").contains("\"%s\":120".formatted(second));
        assertThat(server.requests()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\": {\"message\": \"max_tokens is too large: 120. This model has at most 100.\", \"param\":"
                        + " \"max_tokens\"}}",
                "{\"error\": {\"message\": \"Unsupported parameter: 'seed'\", \"param\": \"seed\"}}",
                "{\"detail\": \"invalid\"}"
            })
    void doesNotAskAgainForAnyOtherReason(String refusal) {
        server.answer(server.json(refusal).code(400));

        failure(REQUEST, ProviderProblem.PROVIDER_REQUEST_INVALID);
        assertThat(server.requests()).isOne();
    }

    @Test
    void knowsMistralsWordsForAnUnknownParameter() {
        server.answer(List.of(
                server.json("{\"detail\": [{\"type\": \"extra_forbidden\", \"loc\": [\"body\", \"max_tokens\"],"
                                + " \"msg\": \"Extra inputs are not permitted\", \"input\": 120}]}")
                        .code(422),
                server.json(wire().reply("In F2."))));

        assertThat(provider().reply(REQUEST).text()).isEqualTo("In F2.");
    }
}
