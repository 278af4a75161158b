package dev.polyphony.bench;

import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.providers.ModelRouter.Answered;
import dev.polyphony.providers.ModelRouter.Routed;
import dev.polyphony.providers.RouteOptions;
import dev.polyphony.providers.RoutingStrategy;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.chat.Sampling;
import dev.polyphony.providers.config.ConfigResolver;
import dev.polyphony.providers.config.ProviderCatalogue;
import dev.polyphony.providers.config.ProviderLimits;
import dev.polyphony.providers.config.ProviderProperties;
import dev.polyphony.providers.contract.PlainHttp;
import dev.polyphony.providers.routing.ConfiguredProvider;
import dev.polyphony.providers.routing.FailoverRouter;
import dev.polyphony.providers.routing.ProviderFactory;
import dev.polyphony.providers.routing.ProviderRegistry;
import dev.polyphony.providers.routing.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** {@code mvn -Pbench verify -pl providers -am -DskipTests} runs it; docs/benchmarks.md has results. */
final class RouterBenchmark {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final RouteOptions OPTIONS = RouteOptions.within(TIMEOUT);
    private static final ModelRequest REQUEST = ModelRequest.of(
            List.of(new ChatMessage.User("Which finding is a security risk?")), Sampling.limitedTo(120), TIMEOUT);
    private static final String BODY = """
        {"model": "large", "messages": [{"role": "user", "content": "Which finding is a security risk?"}],
         "stream": false, "max_completion_tokens": 120}\
        """;
    private static final MediaType JSON = MediaType.get("application/json");
    private static final int WARM_UP = 20_000;
    private static final double MEDIAN = 0.5;
    private static final double NEARLY_ALL = 0.99;

    /** Never opens, so that the failing provider is asked every time. */
    private static final ProviderLimits UNFORGIVING = new ProviderLimits(
            new ProviderLimits.Circuit(100_000, Duration.ofMinutes(10)),
            ProviderLimits.CoolDowns.DEFAULT,
            ProviderLimits.DEFAULT.rates(),
            null,
            null);

    private final Figures figures;

    private RouterBenchmark(Figures figures) {
        this.figures = figures;
    }

    /** @param arguments where to write */
    public static void main(String[] arguments) throws IOException {
        RouterBenchmark benchmark = new RouterBenchmark(new Figures(Path.of(arguments[0])));
        benchmark.added(0, 4_000);
        benchmark.added(20, 400);
        benchmark.failover(4_000);
    }

    /** What the adapter, and the router with it, add to a call with nothing but the HTTP client. */
    private void added(int millis, int calls) throws IOException {
        try (StubVendor vendor = new StubVendor(200, Duration.ofMillis(millis).toNanos());
                PlainHttp http = new PlainHttp()) {
            List<ConfiguredProvider> providers = providers(http.client(), ProviderLimits.DEFAULT, vendor);
            ModelProvider adapter = providers.getFirst().provider();
            ModelRouter router = router(providers);
            List<Runnable> contenders = List.of(
                    () -> bare(http.client(), vendor.url()), () -> adapter.reply(REQUEST), () -> answered(router));
            for (int i = 0; i < (millis == 0 ? WARM_UP : WARM_UP / millis); i++) {
                contenders.forEach(Runnable::run);
            }
            long[][] took = new long[contenders.size()][calls];
            for (int i = 0; i < calls; i++) {
                for (int who = 0; who < contenders.size(); who++) {
                    took[who][i] = timed(contenders.get(who));
                }
            }
            say("bare call, reply after %d ms".formatted(millis), took[0], new long[] {0});
            say("added by the adapter, reply after %d ms".formatted(millis), took[1], took[0]);
            say("added by router and adapter, reply after %d ms".formatted(millis), took[2], took[0]);
        }
    }

    /** What a failed attempt costs beyond itself, and what it costs to pass over a provider whose circuit is open. */
    private void failover(int calls) throws IOException {
        try (StubVendor down = new StubVendor(503, 0);
                StubVendor up = new StubVendor(200, 0);
                PlainHttp http = new PlainHttp()) {
            ModelRouter failing = router(providers(http.client(), UNFORGIVING, down, up));
            ModelRouter passing = router(providers(http.client(), ProviderLimits.DEFAULT, down, up));
            ModelRouter alone = router(providers(http.client(), ProviderLimits.DEFAULT, up));
            for (int i = 0; i < WARM_UP; i++) {
                answered(failing);
                answered(passing);
                answered(alone);
            }
            long[] beyond = new long[calls];
            long[] passed = new long[calls];
            long[] direct = new long[calls];
            for (int i = 0; i < calls; i++) {
                long start = System.nanoTime();
                List<ModelAttempt> attempts = answered(failing).attempts();
                beyond[i] = System.nanoTime()
                        - start
                        - attempts.stream()
                                .mapToLong(attempt -> attempt.duration().toNanos())
                                .sum();
                passed[i] = timed(() -> answered(passing));
                direct[i] = timed(() -> answered(alone));
            }
            say("failover beyond both attempts", beyond, new long[] {0});
            say("passing over an open circuit", passed, direct);
        }
    }

    private void say(String name, long[] values, long[] base) {
        figures.micros(name + ", p50", Figures.percentile(values, MEDIAN) - Figures.percentile(base, MEDIAN));
        figures.micros(name + ", p99", Figures.percentile(values, NEARLY_ALL) - Figures.percentile(base, NEARLY_ALL));
    }

    private static List<ConfiguredProvider> providers(
            OkHttpClient client, ProviderLimits limits, StubVendor... vendors) {
        Map<String, ProviderProperties> configured = new LinkedHashMap<>();
        for (StubVendor vendor : vendors) {
            configured.put("stub" + configured.size(), ProviderProperties.of("openai", vendor.url(), null, "large"));
        }
        ConfigResolver resolver = new ConfigResolver(ProviderCatalogue.empty(), _ -> null, limits);
        return new ProviderFactory(client, (_, _) -> {}, Path.of("none"), resolver).from(configured);
    }

    private static ModelRouter router(List<ConfiguredProvider> providers) {
        TimeSource time = TimeSource.of(Clock.systemUTC());
        return new FailoverRouter(new ProviderRegistry(providers, RoutingStrategy.PRIORITY, time), false, time);
    }

    private static Routed<?> answered(ModelRouter router) {
        Routed<?> routed = router.route(REQUEST, OPTIONS.only(Set.of("stub0", "stub1")));
        if (!(routed instanceof Answered<?>)) {
            throw new IllegalStateException("the stub did not answer: " + routed);
        }
        return routed;
    }

    private static void bare(OkHttpClient client, String url) {
        Request request = new Request.Builder()
                .url(url + "/chat/completions")
                .post(RequestBody.create(BODY, JSON))
                .build();
        try (Response response = client.newCall(request).execute()) {
            response.body().bytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static long timed(Runnable call) {
        long start = System.nanoTime();
        call.run();
        return System.nanoTime() - start;
    }
}
