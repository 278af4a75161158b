package dev.polyphony.providers.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.ReplyRecorder;
import dev.polyphony.providers.config.JsonSupport;
import dev.polyphony.providers.config.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every vendor behind HTTP does with a stream, and with what is none. */
public abstract class StreamContract extends ChatContract {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Timeouts PATIENT = new Timeouts(LONG, LONG, LONG);
    private static final List<String> PIECES = List.of("The ", "password", " in F2.");

    @Test
    void tellsEachPieceAndReturnsTheWhole() {
        server.answer(server.events(begin() + wire().streamEnd()));
        RecordingListener heard = new RecordingListener();

        ReplyRecorder recorder = recorder(heard);

        ModelReply reply = provider().stream(REQUEST, recorder);

        assertThat(heard.pieces()).isEqualTo(PIECES);
        assertThat(recorder.firstToken()).isNotNull().isPositive();
        assertThat(reply)
                .isEqualTo(new ModelReply(
                        "The password in F2.",
                        List.of(),
                        VendorWire.MODEL,
                        FinishReason.STOP,
                        new TokenUsage(VendorWire.READ, VendorWire.WRITTEN)));
    }

    @Test
    void leavesNothingBehindWhenTheListenerThrows() {
        server.answer(silentAfter(begin()));

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> provider().stream(REQUEST, recorder(new RecordingListener() {
                    @Override
                    public void onText(String piece) {
                        throw new UnsupportedOperationException("the client has gone");
                    }
                })));
        await().until(() -> http.client().dispatcher().runningCallsCount() == 0);
        assertThat(http.client().connectionPool().idleConnectionCount()).isZero();
    }

    @Test
    void isCancelledByAnInterruptInTheMiddle() throws InterruptedException {
        server.answer(silentAfter(begin()));
        RecordingListener heard = new RecordingListener();
        BackgroundCall attempted = new BackgroundCall(() -> provider().stream(REQUEST, recorder(heard)));

        await().until(() -> heard.pieces().size() == PIECES.size());
        attempted.interruptOnceAsked(server);

        assertThat(attempted.failure().problem()).isEqualTo(ProviderProblem.PROVIDER_CALL_CANCELLED);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void tellsWhatAnErrorMeansToAStreamToo(VendorWire.Fault error) {
        server.answer(server.json(error.body()).code(error.status()));

        ProviderFailure failure = streamFailure(new RecordingListener());

        if (error.status() >= 300) {
            assertThat(failure.problem()).as(failure.getMessage()).isEqualTo(error.problem());
        }
        assertThat(server.requests()).isOne();
    }

    @Test
    void breaksAtAnErrorInTheMiddle() {
        server.answer(server.events(begin() + wire().errorEvent() + wire().streamEnd()));

        broken(ProviderProblem.PROVIDER_FAILED, PIECES);
    }

    @Test
    void breaksWithoutItsTerminator() {
        server.answer(server.events(begin()));

        assertThat(broken(ProviderProblem.PROVIDER_STREAM_BROKEN, PIECES)).hasMessageContaining("terminator");
    }

    @Test
    void breaksWhenItIsEmpty() {
        server.answer(server.events(""));

        assertThat(broken(ProviderProblem.PROVIDER_REPLY_EMPTY, List.of())).hasMessageContaining("first token");
    }

    @Test
    void isAReplyWhenItEndsWithoutATokenAndSaysWhy() {
        server.answer(server.events(wire().streamBegin(List.of()) + wire().streamEnd()));
        RecordingListener heard = new RecordingListener();

        ModelReply reply = provider().stream(REQUEST, recorder(heard));

        assertThat(reply.text()).isEmpty();
        assertThat(reply.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void doesNotTakeItsOpeningForAToken() {
        server.answer(silentAfter(wire().streamBegin(List.of()) + wire().ping()));

        assertThat(late(new Timeouts(LONG, SHORT, LONG), ProviderProblem.PROVIDER_FIRST_TOKEN_TIMED_OUT, List.of()))
                .hasMessageContaining("no first token");
    }

    @Test
    void breaksAtJsonThatBreaksOff() {
        String end = wire().streamEnd().stripTrailing();
        server.answer(server.events(begin() + end.substring(0, end.lastIndexOf('"'))));

        assertThat(broken(ProviderProblem.PROVIDER_REPLY_MALFORMED, PIECES)).hasMessageContaining("not JSON");
    }

    @Test
    void breaksAtAPageOfHtml() {
        server.answer(server.events("<html>\n<body>data: none</body>\n</html>\n"));

        assertThat(streamFailure(new RecordingListener()).problem())
                .isIn(ProviderProblem.PROVIDER_REPLY_MALFORMED, ProviderProblem.PROVIDER_REPLY_EMPTY);
    }

    @Test
    void isUnreachableWhenTheConnectionIsLost() {
        server.answer(server.events(begin() + wire().streamEnd()).onResponseBody(new SocketEffect.CloseSocket()));

        assertThat(streamFailure(new RecordingListener()).problem()).isEqualTo(ProviderProblem.PROVIDER_UNREACHABLE);
    }

    @Test
    void timesOutWithoutAFirstToken() {
        server.answer(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));

        assertThat(late(new Timeouts(LONG, SHORT, LONG), ProviderProblem.PROVIDER_FIRST_TOKEN_TIMED_OUT, List.of()))
                .hasMessageContaining("no first token within 400 ms");
    }

    @Test
    void doesNotTakePingsForTokens() {
        String pings = wire().ping().repeat(100);
        server.answer(server.events(pings).throttleBody(Math.max(pings.length() / 40, 1), 50, TimeUnit.MILLISECONDS));

        assertThat(late(new Timeouts(LONG, SHORT, LONG), ProviderProblem.PROVIDER_FIRST_TOKEN_TIMED_OUT, List.of()))
                .hasMessageContaining("no first token");
    }

    @Test
    void timesOutWhenItFallsSilent() {
        server.answer(silentAfter(begin()));

        assertThat(late(new Timeouts(LONG, LONG, SHORT), ProviderProblem.PROVIDER_STALLED, PIECES))
                .hasMessageContaining("fell silent for 400 ms");
    }

    @Test
    void timesOutWhenItNeverEnds() {
        String endless = wire().streamBegin(List.of("again ".repeat(20))).repeat(400);
        server.answer(server.events(endless).throttleBody(400, 20, TimeUnit.MILLISECONDS));
        RecordingListener heard = new RecordingListener();

        ProviderFailure failure = streamFailure(heard, REQUEST.withTimeout(Duration.ofMillis(800)), PATIENT);

        assertThat(failure.problem()).as(failure.getMessage()).isEqualTo(ProviderProblem.PROVIDER_TIMED_OUT);
        assertThat(failure).hasMessageContaining("no complete reply within 800 ms");
        assertThat(heard.pieces()).isNotEmpty();
    }

    @Test
    void stopsReadingAStreamThatIsTooLarge() {
        server.answer(
                server.events(wire().streamBegin(List.of("x".repeat(100_000))).repeat(100)));

        assertThat(streamFailure(new RecordingListener())).hasMessageContaining("larger than");
    }

    @Test
    void stopsReadingALineThatIsTooLarge() {
        server.answer(server.events("data: " + "x".repeat(9_000_000)));

        assertThat(streamFailure(new RecordingListener())).hasMessageContaining("larger than");
    }

    @Test
    void keepsNulCharactersOutOfPieces() {
        server.answer(server.events(wire().streamBegin(List.of("a\u0000b")) + wire().streamEnd()));
        RecordingListener heard = new RecordingListener();

        assertThat(provider().stream(REQUEST, recorder(heard)).text())
                .isEqualTo("a\uFFFDb")
                .isEqualTo(heard.text());
    }

    private String begin() {
        return wire().streamBegin(PIECES);
    }

    private MockResponse.Builder silentAfter(String events) {
        return server.events(events + wire().streamEnd()).throttleBody(events.length(), 1, TimeUnit.HOURS);
    }

    private ProviderFailure late(Timeouts timeouts, ProviderProblem problem, List<String> heardBefore) {
        RecordingListener heard = new RecordingListener();
        ProviderFailure failure = streamFailure(heard, REQUEST, timeouts);
        assertThat(failure.problem()).as(failure.getMessage()).isEqualTo(problem);
        assertThat(heard.pieces()).isEqualTo(heardBefore);
        return failure;
    }

    private ProviderFailure broken(ProviderProblem problem, List<String> heardBefore) {
        RecordingListener heard = new RecordingListener();
        ProviderFailure failure = streamFailure(heard);
        assertThat(failure.problem()).as(failure.getMessage()).isEqualTo(problem);
        assertThat(heard.pieces()).isEqualTo(heardBefore);
        return failure;
    }

    private ProviderFailure streamFailure(RecordingListener heard) {
        return streamFailure(heard, REQUEST, PATIENT);
    }

    private ProviderFailure streamFailure(RecordingListener heard, ModelRequest request, Timeouts timeouts) {
        ProviderFailure failure = catchThrowableOfType(
                ProviderFailure.class, () -> provider(timeouts, JsonSupport.SCHEMA).stream(request, recorder(heard)));
        assertThat(failure).isNotNull().hasMessageContaining("vendor");
        return failure;
    }

    @Test
    void takesAStreamThatStoppedForAReasonOfTheFuture() {
        server.answer(server.events(begin() + wire().stopped(wire().streamEnd())));
        RecordingListener heard = new RecordingListener();

        ModelReply reply = provider().stream(REQUEST, recorder(heard));

        assertThat(heard.pieces()).isEqualTo(PIECES);
        assertThat(reply.finishReason()).isEqualTo(FinishReason.OTHER);
        assertThat(reply.usage()).isEqualTo(new TokenUsage(VendorWire.READ, VendorWire.WRITTEN));
    }

    @Test
    void isUnreachableWhenTheConnectionIsLostBehindItsFirstTokens() {
        String pings = wire().ping().repeat(1_000);
        server.answer(
                server.events(begin() + pings + wire().streamEnd()).onResponseBody(new SocketEffect.CloseSocket()));

        broken(ProviderProblem.PROVIDER_UNREACHABLE, PIECES);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void tellsAnErrorThatCameInPlaceOfAStream(VendorWire.Fault error) {
        assumeTrue(error.body().contains("\"error\""), "an error that its body does not tell");
        server.answer(server.json(error.body()));

        assertThat(streamFailure(new RecordingListener()).problem())
                .isNotIn(ProviderProblem.PROVIDER_REPLY_EMPTY, ProviderProblem.PROVIDER_REPLY_MALFORMED);
    }
}
