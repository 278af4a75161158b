package dev.polyphony.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.contract.ModelProviderContract;
import dev.polyphony.providers.contract.ModelRequests;
import dev.polyphony.providers.http.OutboundAddresses;
import dev.polyphony.providers.http.OutboundHttp;
import dev.polyphony.shared.Rejection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiCompatibleProviderTest extends ModelProviderContract {
    private static final String COMPLETION = """
        {"id": "c1", "object": "chat.completion", "created": 1, "model": "vendor-large-2",
         "choices": [{"index": 0, "finish_reason": "stop",
                      "message": {"role": "assistant", "content": " The password in F2. "}}],
         "usage": {"prompt_tokens": 31, "completion_tokens": 7, "total_tokens": 38}}
        """;
    private static final ModelRequest REQUEST = ModelRequests.about("Which finding is a security risk?");
    private static final Duration SHORT = Duration.ofMillis(400);

    private final MockWebServer server = new MockWebServer();
    private final OutboundHttp http =
            new OutboundHttp(new OutboundAddresses(List.of("127.0.0.1"), Dns.SYSTEM), Duration.ofSeconds(5));

    @BeforeEach
    void start() throws IOException {
        server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
        answer(json(COMPLETION));
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    @Override
    protected ModelProvider provider() {
        return provider("secret-key");
    }

    @Test
    void readsReplyModelReasonAndTokens() {
        assertThat(provider().reply(REQUEST))
                .isEqualTo(new ModelReply("The password in F2.", "vendor-large-2", "stop", 31, 7));
    }

    @Test
    void sendsInstructionsCitedPassagesAndQuestion() throws InterruptedException {
        provider().reply(REQUEST);

        RecordedRequest sent = server.takeRequest();
        assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer secret-key");
        assertThat(sent.getUrl().encodedPath()).isEqualTo("/v1/chat/completions");
        assertThat(sent.getBody())
                .isNotNull()
                .satisfies(body -> assertThat(body.utf8().replaceAll("\\s*\\n\\s*", " "))
                        .contains(
                                "\"model\" : \"large\"", "\"max_tokens\" : 120", "You review code and answer briefly.")
                        .containsSubsequence("[F1] src/Billing.java", "\\n[F2] src/Login.java", "\\n\\nWhich finding"));
    }

    @Test
    void sendsNoKeyWhereNoneIsConfigured() throws InterruptedException {
        provider(null).reply(REQUEST);

        assertThat(server.takeRequest().getHeaders().get("Authorization")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "401, PROVIDER_REFUSED_KEY, polyphony.providers.vendor.api-key",
        "403, PROVIDER_REFUSED_KEY, HTTP 403",
        "429, PROVIDER_RATE_LIMITED, HTTP 429",
        "400, PROVIDER_FAILED, the vendor's own words",
        "404, PROVIDER_FAILED, HTTP 404",
        "500, PROVIDER_FAILED, HTTP 500",
        "302, PROVIDER_FAILED, HTTP 302"
    })
    void tellsWhatAStatusMeans(int status, ProviderProblem problem, String words) {
        answer(new MockResponse.Builder()
                .code(status)
                .setHeader("Location", "http://127.0.0.1:" + server.getPort() + "/elsewhere")
                .body("{\"error\": \"the vendor's own words\"}"));

        assertThat(rejection(REQUEST, problem)).hasMessageContainingAll("vendor", words);
        assertThat(server.getRequestCount()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>It works!</body></html>",
                "",
                "{}",
                "[]",
                "null",
                "{\"choices\": []}",
                "{\"choices\": [{\"message\": null}]}",
                "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": null}}]}",
                "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \" \\n \"}}]}",
                "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \"cut o"
            })
    void refusesWhatIsNotAReply(String body) {
        answer(json(body));

        assertThat(rejection(REQUEST, ProviderProblem.PROVIDER_FAILED)).hasMessageContaining("vendor");
    }

    @Test
    void refusesAnEndlessReply() {
        answer(json("[" + "1,".repeat(5_000_000) + "1]"));

        assertThat(rejection(REQUEST, ProviderProblem.PROVIDER_FAILED)).hasMessageContaining("larger than");
    }

    @Test
    void timesOutWhenTheServerHangs() {
        answer(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));

        rejection(REQUEST.withTimeout(SHORT), ProviderProblem.PROVIDER_TIMED_OUT);
    }

    @Test
    void timesOutWhenTheServerTrickles() {
        answer(json(COMPLETION).throttleBody(1, 100, TimeUnit.MILLISECONDS));

        assertThat(rejection(REQUEST.withTimeout(SHORT), ProviderProblem.PROVIDER_TIMED_OUT))
                .hasMessageContaining("400 ms");
    }

    @Test
    void isUnreachableWhenTheConnectionBreaks() {
        answer(json(COMPLETION).onResponseBody(new SocketEffect.CloseSocket()));

        rejection(REQUEST, ProviderProblem.PROVIDER_UNREACHABLE);
    }

    @Test
    void isUnreachableWhenNobodyListens() {
        ModelProvider provider = provider();
        server.close();

        Rejection rejection = catchThrowableOfType(Rejection.class, () -> provider.reply(REQUEST));

        assertThat(rejection.problem()).isEqualTo(ProviderProblem.PROVIDER_UNREACHABLE);
        assertThat(rejection).hasMessageContainingAll("vendor at http://127.0.0.1", "cannot be reached");
    }

    @Test
    void isUnreachableAtAnAddressThatIsNotAllowed() {
        try (OutboundHttp guarded =
                new OutboundHttp(new OutboundAddresses(List.of(), Dns.SYSTEM), Duration.ofSeconds(5))) {
            ModelProvider provider = new OpenAiCompatibleProvider(endpoint(null), guarded.client());

            assertThat(catchThrowableOfType(Rejection.class, () -> provider.reply(REQUEST)))
                    .hasMessageContaining("polyphony.http.allowed-private-addresses");
        }
    }

    @Test
    void keepsItsKeyOutOfMessages() {
        answer(new MockResponse.Builder().code(401).body("secret-key is wrong"));

        assertThat(rejection(REQUEST, ProviderProblem.PROVIDER_REFUSED_KEY)).hasMessageNotContaining("secret-key");
        assertThat(endpoint("secret-key").toString()).doesNotContain("secret-key");
    }

    private Rejection rejection(ModelRequest request, ProviderProblem expected) {
        Rejection rejection =
                catchThrowableOfType(Rejection.class, () -> provider().reply(request));
        assertThat(rejection).isNotNull();
        assertThat(rejection.problem()).as(rejection.getMessage()).isEqualTo(expected);
        return rejection;
    }

    private ModelProvider provider(@Nullable String key) {
        return new OpenAiCompatibleProvider(endpoint(key), http.client());
    }

    private OpenAiEndpoint endpoint(@Nullable String key) {
        URI baseUrl = URI.create("http://127.0.0.1:" + server.getPort() + "/v1");
        return new OpenAiEndpoint("vendor", baseUrl, key, "large");
    }

    private static MockResponse.Builder json(String body) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .body(body);
    }

    private void answer(MockResponse.Builder response) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return response.build();
            }
        });
    }
}
