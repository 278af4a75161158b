package dev.polyphony.providers.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polyphony.providers.Capability;
import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.Sampling;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.config.JsonSupport;
import dev.polyphony.providers.config.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The forms in which answers come though no documentation has them. */
public abstract class WireFormsContract extends StreamContract {
    private static final String TEXT = "Füße 😀 im Schnee";
    private static final ToolCall ULM = new ToolCall("call_1", "get_weather", "{\"town\":\"Ulm\",\"days\":2}");

    @Test
    void readsAByteOrderMark() {
        server.answer(List.of(
                server.events("\uFEFF" + begin(List.of(TEXT)) + wire().streamEnd()),
                server.json("\uFEFF" + wire().reply(TEXT))));

        assertThat(streamed().text()).isEqualTo(TEXT);
        assertThat(provider().reply(REQUEST).text()).isEqualTo(TEXT);
    }

    @Test
    void readsAWholeReplyWhereItAskedForAStream() {
        server.answer(server.json(wire().reply(TEXT)));
        RecordingListener heard = new RecordingListener();

        assertThat(provider().stream(REQUEST, recorder(heard)))
                .isEqualTo(new ModelReply(
                        TEXT,
                        List.of(),
                        VendorWire.MODEL,
                        FinishReason.STOP,
                        new TokenUsage(VendorWire.READ, VendorWire.WRITTEN)));
        assertThat(heard.text()).isEqualTo(TEXT);
    }

    @Test
    void readsWholeToolCallsWhereItAskedForAStream() {
        server.answer(server.json(wire().toolCalls(List.of(ULM))));

        assertThat(streamed().calls()).extracting(ToolCall::arguments).containsExactly(ULM.arguments());
    }

    @Test
    void readsAStreamWhereItAskedForAWholeReply() {
        server.answer(server.events(begin(List.of("Füße ", "😀 im", " Schnee")) + wire().streamEnd()));

        ModelReply reply = provider().reply(REQUEST);

        assertThat(reply.text()).isEqualTo(TEXT);
        assertThat(reply.usage()).isEqualTo(new TokenUsage(VendorWire.READ, VendorWire.WRITTEN));
    }

    @Test
    void doesNotTakeHalfAStreamForAWholeReply() {
        server.answer(server.events(begin(List.of("Füße ", "😀"))));

        assertThat(catchThrowableOfType(ProviderFailure.class, () -> provider().reply(REQUEST))
                        .problem())
                .isEqualTo(ProviderProblem.PROVIDER_STREAM_BROKEN);
    }

    @Test
    void readsCharactersWhoseBytesComeOneByOne() {
        server.answer(
                server.events(begin(List.of(TEXT)) + wire().streamEnd()).throttleBody(1, 100, TimeUnit.MICROSECONDS));

        assertThat(streamed().text()).isEqualTo(TEXT);
    }

    @Test
    void joinsTheHalvesOfACharacterThatTwoPiecesShare() {
        server.answer(server.events(begin(List.of("Hm "))
                + wire().rawPiece("\"\\ud83d\"")
                + wire().rawPiece("\"\"")
                + wire().rawPiece("\"\\ude00 \\ud83d\"")
                + wire().rawPiece("\"\\ude01!\"")
                + wire().streamEnd()));
        RecordingListener heard = new RecordingListener();

        assertThat(provider().stream(REQUEST, recorder(heard)).text()).isEqualTo("Hm 😀 😁!");
        assertThat(heard.pieces()).containsExactly("Hm ", "😀 ", "😁!");
    }

    @Test
    void replacesHalvesThatStayAlone() {
        server.answer(server.events(begin(List.of("Hm "))
                + wire().rawPiece("\"\\ude00a\\ud83d\"")
                + wire().rawPiece("\"b\\ud83d\"")
                + wire().streamEnd()));
        RecordingListener heard = new RecordingListener();

        assertThat(provider().stream(REQUEST, recorder(heard)).text())
                .isEqualTo("Hm \uFFFDa\uFFFDb\uFFFD")
                .isEqualTo(heard.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: keep-alive\n\n",
                "data: ping\n",
                "event: ping\ndata: still here, 12:30\n\n",
                "event: heartbeat\ndata: {}\n\n",
                "data: {\"type\": \"ping\", \"message\": \"processing\"}\n\n",
                "data: PING\n\n",
                "data:\n\n",
                ": OPENROUTER PROCESSING\n\n",
                "id: 7\nretry: 3000\n\n",
                "data: null\n\n"
            })
    void doesNotTakeASignOfLifeForAnythingElse(String alive) {
        server.answer(server.events(
                alive + begin(List.of("The ")) + alive + wire().rawPiece("\"password\"") + alive + wire().streamEnd()));

        assertThat(streamed().text()).isEqualTo("The password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: keep-alive\n\n", "data: {\"type\": \"ping\"}\n\n", ""})
    void doesNotTakeEmptyPiecesAndSignsOfLifeForProgress(String alive) {
        String begin = begin(List.of("The "));
        String empty = alive + wire().rawPiece("\"\"");
        server.answer(server.events(begin + empty.repeat(400)).throttleBody(1_000, 20, TimeUnit.MILLISECONDS));
        Timeouts impatient = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20), SHORT);

        assertThat(catchThrowableOfType(
                                ProviderFailure.class,
                                () -> provider(impatient, JsonSupport.SCHEMA).stream(
                                        REQUEST, recorder(new RecordingListener())))
                        .problem())
                .isEqualTo(ProviderProblem.PROVIDER_STALLED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\": {\"message\": \"broken\", \"code\": 500}}",
                "{\"error\": \"broken\"}",
                "{\"object\": \"error\", \"message\": \"broken\"}",
                "{\"code\": \"ServerError\", \"message\": \"broken\"}",
                "{\"detail\": \"broken\"}",
                "[{\"error\": {\"code\": 503, \"message\": \"broken\"}}]"
            })
    void findsAnErrorBehindSuccess(String error) {
        server.answer(List.of(
                server.json(error),
                server.json(error),
                server.events(begin(List.of("The ")) + (begin(List.of("")).startsWith("{") ? "" : "data: ") + error
                        + "\n\n")));

        assertThat(catchThrowableOfType(ProviderFailure.class, () -> provider().reply(REQUEST)))
                .hasMessageContaining("broken");
        assertThat(catchThrowableOfType(ProviderFailure.class, this::streamed)).hasMessageContaining("broken");
        assertThat(catchThrowableOfType(ProviderFailure.class, this::streamed)).hasMessageContaining("broken");
    }

    @Test
    void readsContentThatIsAListOfParts() {
        server.answer(server.json(wire().replyInParts(List.of("The ", "password", " in F2."))));

        assertThat(provider().reply(REQUEST).text()).isEqualTo("The password in F2.");
        assertThat(streamed().text()).isEqualTo("The password in F2.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"town\":\"Ulm\"}", "\"{\\\"town\\\":\\\"Ulm\\\"}\""})
    void readsArgumentsThatAreText(String arguments) {
        String quoted = VendorWire.quoted(arguments);
        server.answer(
                List.of(server.json(wire().callWithText(quoted)), server.events(wire().callStreamWithText(quoted))));

        assertThat(provider().reply(REQUEST).calls())
                .extracting(ToolCall::arguments)
                .containsExactly("{\"town\":\"Ulm\"}");
        assertThat(streamed().calls()).extracting(ToolCall::arguments).containsExactly("{\"town\":\"Ulm\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"town\":\"U", "{\"town\":\"Ulm\"}}", "[1", "Ulm", "{\"a\":1}{\"a\":1}"})
    void handsOnNoCallWhoseArgumentsAreNotJson(String arguments) {
        String quoted = VendorWire.quoted(arguments);
        server.answer(
                List.of(server.json(wire().callWithText(quoted)), server.events(wire().callStreamWithText(quoted))));
        RecordingListener heard = new RecordingListener();

        assertThat(catchThrowableOfType(ProviderFailure.class, () -> provider().reply(REQUEST))
                        .problem())
                .isEqualTo(ProviderProblem.PROVIDER_REPLY_MALFORMED);
        assertThat(catchThrowableOfType(ProviderFailure.class, () -> provider().stream(REQUEST, recorder(heard)))
                        .problem())
                .isEqualTo(ProviderProblem.PROVIDER_REPLY_MALFORMED);
        assertThat(heard.calls()).isEmpty();
    }

    /** Wherever the stream breaks off, no call is told. */
    @Test
    void handsOnNoCallOfAStreamThatBreaksOff() {
        String whole = wire().toolCallStream(List.of(ULM));
        int end = whole.indexOf(wire().callEnd());
        for (int length = 1; length <= end; length += Math.max(end / 40, 1)) {
            server.answer(server.events(whole.substring(0, length)));
            RecordingListener heard = new RecordingListener();

            assertThat(catchThrowableOfType(ProviderFailure.class, () -> provider().stream(REQUEST, recorder(heard))))
                    .as(whole.substring(0, length))
                    .isNotNull();
            assertThat(heard.calls()).isEmpty();
        }
    }

    @Test
    void takesAReplyThatCameToItsLimitBeforeItSaidAnything() {
        server.answer(List.of(server.json(wire().cutReply("")), server.events(begin(List.of()) + wire().cutEnd())));

        for (ModelReply reply : List.of(provider().reply(REQUEST), streamed())) {
            assertThat(reply.text()).isEmpty();
            assertThat(reply.finishReason()).isEqualTo(FinishReason.LENGTH);
            assertThat(reply.usage()).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, -7, 2147483648L, 9007199254740993L, Long.MAX_VALUE, Long.MIN_VALUE})
    void sendsSeedsOf64Bits(long seed) throws InterruptedException {
        if (!provider().capabilities().contains(Capability.SEED)) {
            return;
        }
        provider().reply(REQUEST.withSampling(new Sampling(0.0, 0.0, 120, List.of(), seed)));

        JsonNode sent = JsonMapper.shared().readTree(server.sent()).findValue("seed");
        assertThat(sent.isIntegralNumber()).isTrue();
        assertThat(sent.longValue()).isEqualTo(wire().seed(seed));
    }

    @Test
    void sendsATopPOfNothing() throws InterruptedException {
        provider().reply(REQUEST.withSampling(new Sampling(0.0, 0.0, 120, List.of(), null)));

        assertThat(server.sent())
                .containsPattern("\"top_?[pP]\":0(\\.0)?[,}]")
                .containsPattern("\"temperature\":0(\\.0)?[,}]");
    }

    protected String begin(List<String> pieces) {
        return wire().streamBegin(pieces);
    }

    protected ModelReply streamed() {
        return provider().stream(REQUEST, recorder(new RecordingListener()));
    }

    protected List<ToolCall> callsOf(String events) {
        MockResponse.Builder answer = server.events(events);
        server.answer(answer);
        RecordingListener heard = new RecordingListener();
        List<ToolCall> calls = provider().stream(REQUEST, recorder(heard)).calls();
        assertThat(heard.calls()).isEqualTo(calls);
        return calls;
    }
}
