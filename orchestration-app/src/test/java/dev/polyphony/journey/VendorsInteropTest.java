package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.polyphony.outbound.http.BoundedDns;
import dev.polyphony.outbound.http.OutboundAddresses;
import dev.polyphony.outbound.http.OutboundHttp;
import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.chat.ReplyRecorder;
import dev.polyphony.providers.chat.Sampling;
import dev.polyphony.providers.chat.Tool;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.chat.ToolChoice;
import dev.polyphony.providers.config.ConfigResolver;
import dev.polyphony.providers.config.ProviderCatalogue;
import dev.polyphony.providers.config.ProviderLimits;
import dev.polyphony.providers.config.ProviderProperties;
import dev.polyphony.providers.routing.ProviderFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vendor adapters against a mock of the vendors that others have written, also when it misbehaves. */
@Tag("interop")
class VendorsInteropTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static Aimock vendors;

    @BeforeAll
    static void start() throws Exception {
        NodeProject.install();
        vendors = Aimock.start();
    }

    @AfterAll
    static void stop() {
        if (vendors != null) {
            vendors.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"openai, /v1", "anthropic, /v1", "gemini, /v1beta", "ollama, ''"})
    void areUnderstood(String kind, String path) throws Exception {
        ModelProvider provider = provider(kind, vendors.url("well") + path);

        ModelReply whole = provider.reply(asking("What colour is the lighthouse?"));
        assertThat(whole.text()).isEqualTo("The lighthouse is painted red.");
        assertThat(whole.finishReason()).isEqualTo(FinishReason.STOP);

        List<String> pieces = new ArrayList<>();
        ModelReply streamed = provider.stream(
                asking("What colour is the lighthouse?"), recorder(new Gathering(pieces, new ArrayList<>())));
        assertThat(streamed.text()).isEqualTo("The lighthouse is painted red.");
        assertThat(String.join("", pieces)).isEqualTo(streamed.text());
        assertThat(pieces.size()).isGreaterThan(1);
    }

    /** Also Gemini, though the mock ends its calls with a finishReason that Google's interface does not have. */
    @ParameterizedTest
    @CsvSource({"openai, /v1", "anthropic, /v1", "gemini, /v1beta", "ollama, ''"})
    void callTools(String kind, String path) throws Exception {
        ModelProvider provider = provider(kind, vendors.url("well") + path);
        ModelRequest request = asking("How is the weather?")
                .withTools(
                        List.of(new Tool(
                                "weather",
                                "Tells the weather.",
                                "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}")),
                        ToolChoice.Free.AUTO);
        List<ToolCall> heard = new ArrayList<>();

        assertThat(provider.reply(request).calls()).singleElement().satisfies(VendorsInteropTest::isTheCall);
        provider.stream(request, recorder(new Gathering(new ArrayList<>(), heard)));
        assertThat(heard).singleElement().satisfies(VendorsInteropTest::isTheCall);
    }

    @ParameterizedTest
    @CsvSource({
        "openai, /v1, drop, PROVIDER_FAILED",
        "openai, /v1, malformed, PROVIDER_REPLY_MALFORMED",
        "openai, /v1, disconnect, PROVIDER_UNREACHABLE",
        "openai, /v1, ratelimit, PROVIDER_RATE_LIMITED",
        "anthropic, /v1, drop, PROVIDER_FAILED",
        "anthropic, /v1, malformed, PROVIDER_REPLY_MALFORMED",
        "anthropic, /v1, disconnect, PROVIDER_UNREACHABLE",
        "anthropic, /v1, ratelimit, PROVIDER_RATE_LIMITED",
        "gemini, /v1beta, drop, PROVIDER_FAILED",
        "gemini, /v1beta, malformed, PROVIDER_REPLY_MALFORMED",
        "gemini, /v1beta, disconnect, PROVIDER_UNREACHABLE",
        "gemini, /v1beta, ratelimit, PROVIDER_RATE_LIMITED",
        "ollama, '', drop, PROVIDER_FAILED",
        "ollama, '', malformed, PROVIDER_REPLY_MALFORMED",
        "ollama, '', disconnect, PROVIDER_UNREACHABLE",
        "ollama, '', ratelimit, PROVIDER_RATE_LIMITED"
    })
    void failInWordsThatARouterUnderstands(String kind, String path, String chaos, ProviderProblem problem)
            throws Exception {
        ModelProvider provider = provider(kind, vendors.url(chaos) + path);

        ProviderFailure failure =
                catchThrowableOfType(ProviderFailure.class, () -> provider.reply(asking("lighthouse?")));
        assertThat(failure.problem()).as(failure.getMessage()).isEqualTo(problem);
        ProviderFailure streamed = catchThrowableOfType(
                ProviderFailure.class, () -> provider.stream(asking("lighthouse?"), recorder(new Gathering())));
        assertThat(streamed.problem()).as(streamed.getMessage()).isEqualTo(problem);
    }

    /** What was told is no whole reply. */
    @ParameterizedTest
    @CsvSource({"openai, /v1", "anthropic, /v1", "gemini, /v1beta", "ollama, ''"})
    void breakOffBehindTheirFirstPieces(String kind, String path) throws Exception {
        ModelProvider provider = provider(kind, vendors.url("well") + path);
        Gathering heard = new Gathering();

        ProviderFailure failure = catchThrowableOfType(
                ProviderFailure.class, () -> provider.stream(asking("Where is the ship?"), recorder(heard)));
        assertThat(failure.problem())
                .as(failure.getMessage())
                .isIn(ProviderProblem.PROVIDER_STREAM_BROKEN, ProviderProblem.PROVIDER_UNREACHABLE);
        assertThat(String.join("", heard.pieces())).startsWith("The").doesNotContain("fog");
    }

    @ParameterizedTest
    @CsvSource({"openai, /v1", "anthropic, /v1", "gemini, /v1beta", "ollama, ''"})
    void areNotWaitedForTooLong(String kind, String path) throws Exception {
        Duration soon = Duration.ofMillis(500);
        ModelProvider provider = provider(kind, vendors.url("slow") + path, soon);

        assertThat(catchThrowableOfType(
                                ProviderFailure.class,
                                () -> provider.reply(asking("lighthouse?").withTimeout(soon)))
                        .problem())
                .isEqualTo(ProviderProblem.PROVIDER_TIMED_OUT);
        assertThat(catchThrowableOfType(
                                ProviderFailure.class,
                                () -> provider.stream(asking("lighthouse?"), recorder(new Gathering())))
                        .problem())
                .isEqualTo(ProviderProblem.PROVIDER_FIRST_TOKEN_TIMED_OUT);
    }

    @ParameterizedTest
    @CsvSource({"openai, /v1", "ollama, ''"})
    void listTheirModels(String kind, String path) throws Exception {
        assertThat(provider(kind, vendors.url("well") + path).models(TIMEOUT).orElseThrow())
                .isNotEmpty();
    }

    /** Of the interfaces that we use for it, the mock has this one. */
    @Test
    void makeVectors() throws Exception {
        ModelProvider provider = provider("openai", vendors.url("well") + "/v1");

        assertThat(provider.embed(List.of("The harbour."), TIMEOUT).vectors())
                .singleElement()
                .satisfies(vector -> assertThat(vector).containsExactly(0.5f, -0.25f, 1));
    }

    @ParameterizedTest
    @CsvSource({"openai, /v1", "anthropic, /v1", "gemini, /v1beta"})
    void refuseAKeyThatIsNotTheirs(String kind, String path) throws Exception {
        ModelProvider provider = provider(kind, vendors.url("locked") + path);

        assertThat(catchThrowableOfType(ProviderFailure.class, () -> provider.reply(asking("lighthouse?")))
                        .problem())
                .isEqualTo(ProviderProblem.PROVIDER_REFUSED_KEY);
    }

    private static void isTheCall(ToolCall call) {
        assertThat(call.tool()).isEqualTo("weather");
        assertThat(call.arguments()).contains("Kiel");
    }

    private static ModelRequest asking(String question) {
        return ModelRequest.of(List.of(new ChatMessage.User(question)), Sampling.limitedTo(100), TIMEOUT);
    }

    private static ModelProvider provider(String kind, String url) {
        return provider(kind, url, null);
    }

    private static ModelProvider provider(String kind, String url, @Nullable Duration firstToken) {
        var addresses = new OutboundAddresses(List.of("127.0.0.1"), new BoundedDns(Dns.SYSTEM, TIMEOUT));
        var client = new OutboundHttp(addresses, TIMEOUT).client();
        var resolver = new ConfigResolver(ProviderCatalogue.empty(), _ -> null, ProviderLimits.DEFAULT);
        var providers = new ProviderFactory(client, addresses, Path.of("target/no-models"), resolver);
        String embeddingModel = kind.equals("anthropic") ? null : "any-embedding";
        ProviderProperties properties = new ProviderProperties(
                kind,
                url,
                "any-key",
                "any-model",
                embeddingModel,
                null,
                null,
                null,
                null,
                firstToken,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return providers.from(Map.of("vendor", properties)).getFirst().provider();
    }

    private static ReplyRecorder recorder(ReplyListener listener) {
        return new ReplyRecorder(listener, System::nanoTime);
    }

    private record Gathering(List<String> pieces, List<ToolCall> calls) implements ReplyListener {
        Gathering() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        @Override
        public void onText(String piece) {
            pieces.add(piece);
        }

        @Override
        public void onToolCall(ToolCall call) {
            calls.add(call);
        }
    }

    /** {@code @copilotkit/aimock}: one process with a server for each way to misbehave, by its name in {@code mocks.mjs}. */
    private record Aimock(Process process, Map<String, String> urls) implements AutoCloseable {
        static Aimock start() throws IOException {
            Path log = Files.createTempFile(Path.of("target/interop"), "aimock", ".log");
            Process process = NodeProject.start(Map.of(), log, "node", "mocks.mjs");
            await().atMost(TIMEOUT).until(() -> Files.readAllLines(log).contains("all") || !process.isAlive());
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            return new Aimock(
                    process,
                    Files.readAllLines(log).stream()
                            .map(line -> line.split(" "))
                            .filter(words -> words.length == 2)
                            .collect(Collectors.toMap(words -> words[0], words -> words[1])));
        }

        String url(String name) {
            return Objects.requireNonNull(urls.get(name), name);
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
