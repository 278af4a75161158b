package dev.polyphony.providers.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.polyphony.providers.Capability;
import dev.polyphony.providers.Embeddings;
import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.chat.ReplyFormat;
import dev.polyphony.providers.chat.Tool;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.chat.ToolChoice;
import dev.polyphony.providers.config.JsonSupport;
import dev.polyphony.providers.config.Timeouts;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every vendor behind HTTP does with tools, with JSON and with embeddings. */
public abstract class VendorContract extends WireFormsContract {
    private static final ToolCall ULM = new ToolCall("call_1", "get_weather", "{\"town\":\"Ulm\",\"days\":2}");
    private static final ToolCall BONN = new ToolCall("call_2", "get_weather", "{\"town\":\"Bonn\"}");
    private static final ModelRequest ASKING = ModelRequests.about("How is the weather?", List.of())
            .withTools(List.of(ModelRequests.WEATHER), ToolChoice.Free.AUTO);
    private static final ModelRequest CITY =
            ModelRequests.about("Which city?", List.of()).withFormat(ModelRequests.CITY);
    private static final String ULM_JSON = "{\"name\": \"Ulm\", \"people\": 130000}";

    @Test
    void wantsToolsToBeCalled() throws InterruptedException {
        server.answer(server.json(wire().toolCalls(List.of(ULM, BONN))));

        ModelReply reply = provider().reply(ASKING);

        assertThat(reply.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertCalls(reply.calls());
        assertThat(server.sent())
                .contains("get_weather", "Tells the weather in a town.", "\"minLength\":2", "\"required\":[\"town\"]");
    }

    @Test
    void tellsToolCallsOfAStream() {
        server.answer(server.events(wire().toolCallStream(List.of(ULM, BONN))));
        RecordingListener heard = new RecordingListener();

        ModelReply reply = provider().stream(ASKING, recorder(heard));

        assertThat(reply.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertCalls(reply.calls());
        assertThat(heard.calls()).isEqualTo(reply.calls());
        assertThat(reply.usage()).isEqualTo(new TokenUsage(VendorWire.READ, VendorWire.WRITTEN));
    }

    private void assertCalls(List<ToolCall> calls) {
        assertThat(calls).extracting(ToolCall::tool).containsExactly("get_weather", "get_weather");
        assertThat(calls)
                .extracting(call -> call.arguments().replaceAll("\\s", ""))
                .containsExactly(ULM.arguments(), BONN.arguments());
        assertThat(calls).extracting(ToolCall::id).doesNotHaveDuplicates().allMatch(id -> !id.isBlank());
        if (wire().givesIds()) {
            assertThat(calls).extracting(ToolCall::id).containsExactly(ULM.id(), BONN.id());
        }
    }

    @Test
    void sendsWhatToolsReturned() throws InterruptedException {
        provider()
                .reply(ASKING.withMessages(List.of(
                        new ChatMessage.User("How is the weather?"),
                        new ChatMessage.Assistant("", List.of(ULM)),
                        new ChatMessage.ToolResult(ULM.id(), ULM.tool(), "Rain, 7 degrees"))));

        assertThat(server.sent()).containsSubsequence("How is the weather?", "get_weather", "Ulm", "Rain, 7 degrees");
    }

    /** A mark stands where it is taken out, so that no scanner takes this example for a key. */
    @Test
    void sendsNoSecretThatStandsInTheConversation() throws InterruptedException {
        String secret = "gh~~p_abcdefghijklmnopqrstuvwxyz0123456789".replace("~~", "");
        ToolCall call = new ToolCall("call_1", "get_weather", "{\"town\":\"" + secret + "\"}");

        provider()
                .reply(ASKING.withMessages(List.of(
                        new ChatMessage.Instructions("The token is " + secret),
                        new ChatMessage.User("Is " + secret + " valid?"),
                        new ChatMessage.Assistant("Not " + secret, List.of(call)),
                        new ChatMessage.ToolResult(call.id(), call.tool(), "Bearer " + secret))));

        assertThat(server.sent()).contains("[redacted]").doesNotContain(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not JSON at all", "[1]", "", "{\"town\": \"U"})
    void sendsBackCallsThatAModelGotWrong(String arguments) {
        ToolCall wrong = new ToolCall("call:1.x", "get_weather", arguments);

        ModelReply reply = provider()
                .reply(ASKING.withMessages(List.of(
                        new ChatMessage.User("How is the weather?"),
                        new ChatMessage.Assistant("Let me see.", List.of(wrong)),
                        new ChatMessage.ToolResult(wrong.id(), wrong.tool(), "those arguments are no JSON object"))));

        assertThat(reply.text()).isNotBlank();
    }

    @Test
    void offersOnlyTheToolThatMustBeCalled() throws InterruptedException {
        assumeTrue(provider().capabilities().contains(Capability.TOOL_CHOICE));
        Tool other = new Tool("get_time", "Tells the time.", "{\"type\": \"object\"}");

        provider().reply(ASKING.withTools(List.of(ModelRequests.WEATHER, other), new ToolChoice.Named("get_time")));

        assertThat(server.sent())
                .contains("get_time")
                .doesNotContain("get_weather")
                .containsPattern("(?i)any|required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"type\": \"string\"}"})
    void refusesAToolWhoseSchemaIsNone(String schema) {
        ModelRequest request = ASKING.withTools(List.of(new Tool("odd", "", schema)), ToolChoice.Free.AUTO);

        assertThat(catchThrowableOfType(ProviderFailure.class, () -> provider().reply(request))
                        .problem())
                .isEqualTo(ProviderProblem.PROVIDER_REQUEST_INVALID);
        assertThat(server.requests()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"SCHEMA", "INSTRUCTIONS"})
    void repliesInJsonByTheSchema(JsonSupport support) throws InterruptedException {
        server.answerReply("```json\n" + ULM_JSON + "\n```");

        assertThat(provider(Timeouts.DEFAULT, support).reply(CITY).text()).isEqualTo(ULM_JSON);
        assertThat(server.requests()).isOne();
        String sent = server.sent();
        assertThat(sent.split("people", -1).length - 1)
                .as("times that the schema is sent")
                .isGreaterThanOrEqualTo(support == JsonSupport.SCHEMA ? 3 : 2);
    }

    @Test
    void showsTheModelOnceWhatIsWrong() throws InterruptedException {
        server.answer(List.of(
                server.json(wire().reply("{\"name\": \"Ulm\", \"people\": \"many\"}")),
                server.json(wire().reply(ULM_JSON))));

        ModelReply reply = provider().reply(CITY);

        assertThat(reply.text()).isEqualTo(ULM_JSON);
        assertThat(reply.usage()).isEqualTo(new TokenUsage(2 * VendorWire.READ, 2 * VendorWire.WRITTEN));
        server.sent();
        assertThat(server.sent()).containsSubsequence("Which city?", "many", "/people", "integer");
        assertThat(server.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ulm has 130000 people.",
                "{}",
                "{\"name\": \"Ulm\"",
                "{\"name\": \"Ulm\", \"people\": 1} and more"
            })
    void failsWhenTheRepairIsNoBetter(String wrong) {
        server.answerReply(wrong);

        ProviderFailure failure =
                catchThrowableOfType(ProviderFailure.class, () -> provider().reply(CITY));
        assertThat(failure.problem()).isEqualTo(ProviderProblem.REPLY_NOT_BY_SCHEMA);
        assertThat(failure.spent()).isEqualTo(new TokenUsage(2 * VendorWire.READ, 2 * VendorWire.WRITTEN));
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void tellsWhatWasSpentWhenTheRepairDoesNotCome() {
        server.answer(List.of(
                server.json(wire().reply("{}")), server.json("").code(503).setHeader("Retry-After", "9")));

        ProviderFailure failure =
                catchThrowableOfType(ProviderFailure.class, () -> provider().reply(CITY));
        assertThat(failure.problem()).isEqualTo(ProviderProblem.PROVIDER_FAILED);
        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(9));
        assertThat(failure.spent()).isEqualTo(new TokenUsage(VendorWire.READ, VendorWire.WRITTEN));
    }

    @Test
    void checksJsonAtTheEndOfAStream() {
        server.answerReply("{\"name\": 7}");
        RecordingListener heard = new RecordingListener();

        assertThat(catchThrowableOfType(ProviderFailure.class, () -> provider().stream(CITY, recorder(heard)))
                        .problem())
                .isEqualTo(ProviderProblem.REPLY_NOT_BY_SCHEMA);
        assertThat(heard.text()).isEqualTo("{\"name\": 7}");
        assertThat(server.requests()).isOne();
    }

    @Test
    void refusesASchemaThatIsNone() {
        ModelRequest request = CITY.withFormat(new ReplyFormat.Json("odd", "{\"type\": "));

        assertThat(catchThrowableOfType(ProviderFailure.class, () -> provider().reply(request))
                        .problem())
                .isEqualTo(ProviderProblem.PROVIDER_REQUEST_INVALID);
        assertThat(server.requests()).isZero();
    }

    @Test
    void makesVectorsInBatches() {
        ModelProvider provider = provider();
        assumeTrue(provider.capabilities().contains(Capability.EMBEDDINGS));
        server.answer(List.of(
                server.json(wire().vectors(96)), server.json(wire().vectors(96)), server.json(wire().vectors(8))));
        List<String> texts = IntStream.range(0, 200).mapToObj(i -> "Text " + i).toList();

        Embeddings embeddings = provider.embed(texts, Duration.ofSeconds(30));

        assertThat(embeddings.vectors()).hasSize(200);
        assertThat(embeddings.vectors().get(97)).containsExactly(1, 0.5f, -0.25f);
        assertThat(embeddings.tokens())
                .isEqualTo(wire().countsEmbeddings() ? Integer.valueOf(3 * VendorWire.READ) : null);
        assertThat(server.requests()).isEqualTo(3);
    }

    @Test
    void refusesVectorsThatAreMissing() {
        ModelProvider provider = provider();
        assumeTrue(provider.capabilities().contains(Capability.EMBEDDINGS));
        server.answer(server.json(wire().vectors(1)));

        assertThat(catchThrowableOfType(
                        ProviderFailure.class, () -> provider.embed(List.of("One.", "Two."), Duration.ofSeconds(30))))
                .hasMessageContaining("1 vectors for 2 texts");
    }

    @Test
    void listsItsModelsForTheKey() throws InterruptedException {
        server.answer(server.json(wire().list(List.of("small", "large"))));

        assertThat(provider().models(Duration.ofSeconds(30)).orElseThrow()).contains("small", "large");

        RecordedRequest sent = received();
        assertThat(sent.getMethod()).isEqualTo("GET");
        assertThat(sent.getTarget()).isEqualTo(wire().listPath());
        assertThat(sent.getHeaders().toString()).doesNotContain("null");
        assertThat(sent.getHeaders().toMultimap().values().toString()).contains("secret-key");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 501})
    void hasNoListWhereThereIsNone(int status) {
        server.answer(server.json("{\"error\": \"nothing is here\"}").code(status));

        assertThat(provider().models(Duration.ofSeconds(30))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Welcome</html>", "{\"models\": 7, \"data\": \"none\"}", ""})
    void refusesAListThatIsNone(String body) {
        server.answer(server.json(body));

        assertThat(notListed(Duration.ofSeconds(30)).problem()).isEqualTo(ProviderProblem.PROVIDER_REPLY_MALFORMED);
    }

    @Test
    void listsNothingForAKeyThatIsRefused() {
        server.answer(server.json("{\"error\": {\"message\": \"no\"}}").code(401));

        ProviderFailure failure = notListed(Duration.ofSeconds(30));
        assertThat(failure.problem()).isEqualTo(ProviderProblem.PROVIDER_REFUSED_KEY);
        assertThat(failure.status()).isEqualTo(401);
    }

    @Test
    void waitsForItsListNoLongerThanItIsToldTo() {
        server.answer(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));

        assertThat(notListed(SHORT).problem()).isEqualTo(ProviderProblem.PROVIDER_TIMED_OUT);
    }

    private ProviderFailure notListed(Duration timeout) {
        return catchThrowableOfType(ProviderFailure.class, () -> provider().models(timeout));
    }

    @Test
    void stopsMakingVectorsWhenNobodyWantsThemAnyMore() throws InterruptedException {
        assumeTrue(provider().capabilities().contains(Capability.EMBEDDINGS));
        server.answer(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
        BackgroundCall attempted = new BackgroundCall(() -> provider().embed(List.of("One."), Duration.ofSeconds(30)));

        attempted.interruptOnceAsked(server);

        assertThat(attempted.failure().problem()).isEqualTo(ProviderProblem.PROVIDER_CALL_CANCELLED);
        await().until(() -> http.client().dispatcher().runningCallsCount() == 0);
        assertThat(http.client().connectionPool().idleConnectionCount()).isZero();
    }

    @Test
    void makesVectorsNoLongerThanItIsToldTo() {
        assumeTrue(provider().capabilities().contains(Capability.EMBEDDINGS));
        server.answer(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));

        assertThat(catchThrowableOfType(ProviderFailure.class, () -> provider().embed(List.of("One."), SHORT))
                        .problem())
                .isEqualTo(ProviderProblem.PROVIDER_TIMED_OUT);
    }

    @Test
    void asksForVectorsOnceThoughItFails() {
        assumeTrue(provider().capabilities().contains(Capability.EMBEDDINGS));
        server.answer(server.json("{}").code(503));

        assertThat(catchThrowableOfType(
                                ProviderFailure.class,
                                () -> provider().embed(List.of("One.", "Two."), Duration.ofSeconds(30)))
                        .problem())
                .isEqualTo(ProviderProblem.PROVIDER_FAILED);
        assertThat(server.requests()).isOne();
    }

    @Test
    void tellsWhatTheFirstVectorsCostWhenTheLastDoNotCome() {
        assumeTrue(provider().capabilities().contains(Capability.EMBEDDINGS) && wire().countsEmbeddings());
        server.answer(List.of(server.json(wire().vectors(96)), server.json("").code(503)));
        List<String> texts = Collections.nCopies(100, "Text");

        assertThat(catchThrowableOfType(ProviderFailure.class, () -> provider().embed(texts, Duration.ofSeconds(30)))
                        .spent())
                .isEqualTo(new TokenUsage(VendorWire.READ, 0));
    }
}
