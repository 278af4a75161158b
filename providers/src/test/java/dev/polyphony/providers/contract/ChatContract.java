package dev.polyphony.providers.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.polyphony.outbound.ForbiddenAddressException;
import dev.polyphony.providers.Capability;
import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.chat.Sampling;
import dev.polyphony.providers.config.JsonSupport;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.config.Timeouts;
import dev.polyphony.providers.vendor.LangChainProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every vendor behind HTTP does with a whole reply, and with what is none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // server and client are there before each test
public abstract class ChatContract extends ModelProviderContract {
    protected static final ModelRequest REQUEST = ModelRequests.about("Which finding is a security risk?");
    protected static final Duration SHORT = Duration.ofMillis(400);
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(20));

    protected VendorServer server;
    protected PlainHttp http;

    protected abstract VendorWire wire();

    @BeforeEach
    void start() throws IOException {
        server = new VendorServer(wire());
        server.start(InetAddress.ofLiteral("127.0.0.1"));
        http = new PlainHttp();
        server.answerReply("The password in F2.");
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    @Override
    protected ModelProvider provider() {
        return provider(TIMEOUTS, JsonSupport.SCHEMA);
    }

    protected ModelProvider provider(Timeouts timeouts, JsonSupport json) {
        return provider(timeouts, json, http.client());
    }

    private ModelProvider provider(Timeouts timeouts, JsonSupport json, OkHttpClient client) {
        ProviderConfig config = config(server.url(wire().basePath()), timeouts, json);
        return new LangChainProvider(config, wire().dialect(config), client);
    }

    protected static ProviderConfig config(URI url, Timeouts timeouts, JsonSupport json) {
        return ProviderConfigs.vendor(url, "secret-key", timeouts, json);
    }

    @Test
    void readsReplyModelReasonAndTokens() {
        server.answerReply(" The password in F2.\n");

        assertThat(provider().reply(REQUEST))
                .isEqualTo(new ModelReply(
                        " The password in F2.\n",
                        List.of(),
                        VendorWire.MODEL,
                        FinishReason.STOP,
                        new TokenUsage(VendorWire.READ, VendorWire.WRITTEN)));
    }

    @Test
    void saysThatTheReplyWasCut() {
        server.answer(server.json(wire().cutReply("The pass")));

        assertThat(provider().reply(REQUEST).finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void sendsTheWholeConversation() throws InterruptedException {
        provider()
                .reply(REQUEST.withMessages(List.of(
                                new ChatMessage.Instructions("You review code."),
                                new ChatMessage.User("Hello."),
                                new ChatMessage.Assistant("Hello, what now?", List.of()),
                                new ChatMessage.User("Which is a risk?")))
                        .withSampling(new Sampling(0.25, 0.75, 120, List.of("THE END"), null)));

        assertThat(server.sent())
                .contains("You review code.", "0.25", "0.75", "120", "THE END")
                .containsSubsequence(
                        "Hello.", "Hello, what now?", "[F1] src/Billing.java", "[F2] src/Login", "Which is a");
    }

    @Test
    void saysWhichPenaltiesThereAreAndNoOthers() throws InterruptedException {
        assumeThat(provider().capabilities()).contains(Capability.PENALTIES);

        provider().reply(REQUEST.withSampling(ModelRequests.penalized(0.5, 0)));
        String present = server.sent();
        provider().reply(REQUEST.withSampling(ModelRequests.penalized(0, -0.25)));
        String frequent = server.sent();

        assertThat(present)
                .containsPattern("presence_?[pP]enalty\" ?: ?0\\.5")
                .doesNotContainPattern("frequency_?[pP]enalty");
        assertThat(frequent)
                .containsPattern("frequency_?[pP]enalty\" ?: ?-0\\.25")
                .doesNotContainPattern("presence_?[pP]enalty");
    }

    @ParameterizedTest
    @MethodSource("errors")
    void tellsWhatAnErrorMeans(VendorWire.Fault error) {
        server.answer(new MockResponse.Builder()
                .code(error.status())
                .setHeader("Location", "http://127.0.0.1:9/")
                .setHeader("Content-Type", "application/json")
                .body(error.body()));

        ProviderFailure failure = failure(REQUEST, error.problem());
        assertThat(failure).hasMessageContaining("vendor").hasMessageNotContaining("secret-key");
        if (error.status() >= 300) {
            assertThat(failure.status()).isEqualTo(error.status());
        }
        assertThat(server.requests()).isOne();
    }

    List<VendorWire.Fault> errors() {
        return wire().errors();
    }

    @Test
    void tellsHowLongTheVendorAsksToWait() {
        server.answer(new MockResponse.Builder()
                .code(429)
                .setHeader("Retry-After", "7")
                .body("{}"));

        assertThat(failure(REQUEST, ProviderProblem.PROVIDER_RATE_LIMITED).retryAfter())
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void tellsThatTheContentIsRefused() {
        assumeFalse(wire().refusal().isEmpty());
        server.answer(server.json(wire().refusal()));

        failure(REQUEST, ProviderProblem.CONTENT_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>It works!</body></html>",
                "",
                "{}",
                "[]",
                "null",
                "{\"message\": null}",
                "{\"choices\": [{\"message\": {\"content\": \"cut o"
            })
    void refusesWhatIsNotAReply(String body) {
        server.answer(server.json(body));

        ProviderFailure failure = failure(REQUEST);
        assertThat(failure.problem())
                .isIn(ProviderProblem.PROVIDER_REPLY_MALFORMED, ProviderProblem.PROVIDER_REPLY_EMPTY);
        assertThat(failure).hasMessageNotContaining("Cannot invoke").hasMessageNotContaining("Index 0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html><body>It works!</body></html>", "", "{\"choices\": [{\"message\": {\"content\": \"cut o"})
    void tellsBrokenJson(String body) {
        server.answer(server.json(body));

        assertThat(failure(REQUEST, ProviderProblem.PROVIDER_REPLY_MALFORMED).status())
                .isNull();
    }

    @Test
    void takesAnEmptyReplyThatSaysWhyItEndedForAReply() {
        server.answerReply(" \n ");

        ModelReply reply = provider().reply(REQUEST);

        assertThat(reply.text()).isBlank();
        assertThat(reply.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(reply.usage()).isEqualTo(new TokenUsage(VendorWire.READ, VendorWire.WRITTEN));
    }

    @Test
    void refusesAnEndlessReply() {
        server.answerReply("very ".repeat(2_000_000));

        assertThat(failure(REQUEST, ProviderProblem.PROVIDER_REPLY_MALFORMED)).hasMessageContaining("larger than");
    }

    @Test
    void timesOutWhenTheServerHangs() {
        server.answer(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));

        failure(REQUEST.withTimeout(SHORT), ProviderProblem.PROVIDER_TIMED_OUT);
    }

    @Test
    void timesOutWhenTheServerTrickles() {
        server.answer(server.json(wire().reply("Slow.")).throttleBody(1, 100, TimeUnit.MILLISECONDS));

        assertThat(failure(REQUEST.withTimeout(SHORT), ProviderProblem.PROVIDER_TIMED_OUT))
                .hasMessageContaining("400 ms");
    }

    @Test
    void isUnreachableWhenTheConnectionBreaks() {
        server.answer(server.json(wire().reply("Broken.")).onResponseBody(new SocketEffect.CloseSocket()));

        failure(REQUEST, ProviderProblem.PROVIDER_UNREACHABLE);
    }

    @Test
    void isUnreachableWhenNobodyListens() {
        ModelProvider provider = provider();
        server.close();

        ProviderFailure failure = catchThrowableOfType(ProviderFailure.class, () -> provider.reply(REQUEST));

        assertThat(failure.problem()).isEqualTo(ProviderProblem.PROVIDER_UNREACHABLE);
        assertThat(failure).hasMessageContainingAll("vendor at http://127.0.0.1", "cannot be reached");
    }

    @Test
    void isUnreachableAtAnAddressThatIsNotAllowed() {
        OkHttpClient guarded = http.client()
                .newBuilder()
                .addInterceptor(_ -> {
                    throw new ForbiddenAddressException("add it to polyphony.http.allowed-private-addresses");
                })
                .build();
        ModelProvider provider = provider(TIMEOUTS, JsonSupport.SCHEMA, guarded);

        ProviderFailure failure = catchThrowableOfType(ProviderFailure.class, () -> provider.reply(REQUEST));

        assertThat(failure.problem()).isEqualTo(ProviderProblem.PROVIDER_UNREACHABLE);
        assertThat(failure).hasMessageContaining("polyphony.http.allowed-private-addresses");
        assertThat(server.requests()).isZero();
    }

    @Test
    void keepsNulCharactersOutOfReplies() {
        server.answerReply("a\u0000b");

        assertThat(provider().reply(REQUEST).text()).isEqualTo("a\uFFFDb");
    }

    @Test
    void isCancelledByAnInterrupt() throws InterruptedException {
        server.answer(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
        BackgroundCall attempted = new BackgroundCall(() -> provider().reply(REQUEST));

        attempted.interruptOnceAsked(server);

        assertThat(attempted.failure().problem()).isEqualTo(ProviderProblem.PROVIDER_CALL_CANCELLED);
    }

    protected ProviderFailure failure(ModelRequest request, ProviderProblem expected) {
        ProviderFailure failure = failure(request);
        assertThat(failure.problem()).as(failure.getMessage()).isEqualTo(expected);
        return failure;
    }

    private ProviderFailure failure(ModelRequest request) {
        ProviderFailure failure =
                catchThrowableOfType(ProviderFailure.class, () -> provider().reply(request));
        assertThat(failure).isNotNull().hasMessageContaining("vendor");
        return failure;
    }

    protected RecordedRequest received() throws InterruptedException {
        return server.take();
    }

    @Test
    void tellsNoKeyThatTheVendorRepeats() {
        server.answer(server.json("{\"error\": {\"message\": \"'secret-key' may not do this\"}}")
                .code(400));

        assertThat(failure(REQUEST)).hasMessageContaining("may not do this").hasMessageNotContaining("secret-key");
    }

    /** OkHttp would: after 408, and after 503 with a Retry-After of nothing. */
    @ParameterizedTest
    @ValueSource(ints = {408, 503})
    void isNotAskedAgainInSecret(int status) {
        server.answer(List.of(
                new MockResponse.Builder().code(status).setHeader("Retry-After", "0"),
                server.json(wire().reply("The second one."))));

        assertThat(failure(REQUEST).status()).isEqualTo(status);
        assertThat(server.requests()).isOne();
    }

    @Test
    void takesAReplyThatStoppedForAReasonOfTheFuture() {
        server.answer(server.json(wire().stopped(wire().reply("The password in F2."))));

        ModelReply reply = provider().reply(REQUEST);

        assertThat(reply.text()).isEqualTo("The password in F2.");
        assertThat(reply.finishReason()).isEqualTo(FinishReason.OTHER);
        assertThat(reply.usage()).isEqualTo(new TokenUsage(VendorWire.READ, VendorWire.WRITTEN));
    }
}
