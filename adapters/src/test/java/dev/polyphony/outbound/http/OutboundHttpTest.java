package dev.polyphony.outbound.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.polyphony.outbound.ForbiddenAddressException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Dns;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundHttpTest {
    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0.0.0.0"})
    void doesNotConnectToAPrivateAddress(String host) {
        try (OutboundHttp http = allowing()) {
            assertThatExceptionOfType(ForbiddenAddressException.class)
                    .isThrownBy(() -> get(http, "http://%s:%d/".formatted(host, server.getPort())))
                    .withMessageContaining("polyphony.http.allowed-private-addresses");
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void connectsToAnAllowedAddress() throws IOException {
        server.enqueue(new MockResponse.Builder().body("hello").build());
        try (OutboundHttp http = allowing("127.0.0.1:" + server.getPort())) {
            assertThat(get(http, "http://127.0.0.1:%d/".formatted(server.getPort())))
                    .isEqualTo("200 hello");
        }
    }

    @Test
    void callsAPrivateAddressForTheClientThatWasMadeForItAlone() throws IOException {
        server.enqueue(new MockResponse.Builder().body("hello").build());
        URI url = URI.create("http://127.0.0.1:%d/v1".formatted(server.getPort()));
        Request request = new Request.Builder().url(url.toString()).build();
        try (OutboundHttp http = allowing()) {
            try (Response response = http.calling(url).newCall(request).execute()) {
                assertThat(response.body().string()).isEqualTo("hello");
            }
            assertThatExceptionOfType(ForbiddenAddressException.class).isThrownBy(() -> get(http, url.toString()));
            Request elsewhere = new Request.Builder().url("http://127.0.0.1:1/").build();
            assertThatExceptionOfType(ForbiddenAddressException.class)
                    .isThrownBy(() -> http.calling(url).newCall(elsewhere).execute());
        }
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void connectsToAnAllowedNameWhateverItResolvesTo() throws IOException {
        server.enqueue(new MockResponse.Builder().body("hello").build());
        try (OutboundHttp http = allowing("localhost:" + server.getPort())) {
            assertThat(get(http, "http://localhost:%d/".formatted(server.getPort())))
                    .isEqualTo("200 hello");
        }
    }

    @Test
    void looksAgainWhenANameChangesItsAddressAfterTheCheck() throws UnknownHostException {
        Deque<String> answers = new ArrayDeque<>(List.of("93.184.215.14", "127.0.0.1"));
        OutboundAddresses addresses =
                new OutboundAddresses(List.of(), _ -> List.of(InetAddress.ofLiteral(answers.remove())));
        String url = "http://rebinding.example.test:%d/".formatted(server.getPort());

        assertThatCode(() -> addresses.check(URI.create(url), "url")).doesNotThrowAnyException();
        try (OutboundHttp http = new OutboundHttp(addresses, Duration.ofSeconds(5))) {
            assertThatExceptionOfType(ForbiddenAddressException.class)
                    .isThrownBy(() -> get(http, url))
                    .withMessageContaining("127.0.0.1");
        }
        assertThat(server.getRequestCount()).isZero();
    }

    /** Twelve at once, and then twelve again. */
    @Test
    void keepsTheConnectionsOfManyCallsAtOnce() throws IOException, InterruptedException {
        int calls = 12;
        for (int i = 0; i < 2 * calls; i++) {
            server.enqueue(new MockResponse.Builder().body("hello").build());
        }
        try (OutboundHttp http = allowing("127.0.0.1:" + server.getPort())) {
            for (int round = 0; round < 2; round++) {
                List<Response> open = new ArrayList<>();
                for (int i = 0; i < calls; i++) {
                    open.add(http.client()
                            .newCall(new Request.Builder()
                                    .url("http://127.0.0.1:%d/".formatted(server.getPort()))
                                    .build())
                            .execute());
                }
                for (Response response : open) {
                    assertThat(response.body().string()).isEqualTo("hello");
                }
            }
        }
        for (int i = 0; i < 2 * calls; i++) {
            assertThat(server.takeRequest().getConnectionIndex()).isLessThan(calls);
        }
    }

    @Test
    void doesNotFollowARedirect() throws IOException {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .setHeader("Location", "http://169.254.169.254/latest/meta-data/")
                .body("elsewhere")
                .build());
        try (OutboundHttp http = allowing("127.0.0.1")) {
            assertThat(get(http, "http://127.0.0.1:%d/".formatted(server.getPort())))
                    .isEqualTo("302 elsewhere");
        }
        assertThat(server.getRequestCount()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"408, 0", "503, 0", "503, 2147483648"})
    void sendsARequestOnceAndPassesOnTheWaitThatIsAskedFor(int status, String retryAfter) throws IOException {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Retry-After", retryAfter)
                .build());
        server.enqueue(new MockResponse.Builder().body("again").build());
        try (OutboundHttp http = allowing("127.0.0.1")) {
            Request request = new Request.Builder()
                    .url("http://127.0.0.1:%d/".formatted(server.getPort()))
                    .post(RequestBody.create("{}", MediaType.get("application/json")))
                    .build();
            try (Response response = http.client().newCall(request).execute()) {
                assertThat(response.code()).isEqualTo(status);
                assertThat(response.headers("Retry-After")).containsExactly(retryAfter);
                assertThat(response.headers().names()).doesNotContain("polyphony-concealed-retry-after");
            }
        }
        assertThat(server.getRequestCount()).isOne();
    }

    @Test
    void usesNoConnectionAgainThatSwitchedToAnotherProtocol() throws IOException, InterruptedException {
        server.enqueue(new MockResponse.Builder()
                .code(101)
                .addHeader("Connection", "Upgrade")
                .addHeader("Upgrade", "h2c")
                .build());
        server.enqueue(new MockResponse.Builder().body("hello").build());
        String url = "http://127.0.0.1:%d/".formatted(server.getPort());
        try (OutboundHttp http = allowing("127.0.0.1")) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> get(http, url))
                    .withMessageContaining("101");
            assertThat(get(http, url)).isEqualTo("200 hello");
        }
        int first = server.takeRequest().getConnectionIndex();
        assertThat(server.takeRequest().getConnectionIndex()).isNotEqualTo(first);
    }

    @Test
    void givesUpOnANameServerThatDoesNotAnswer() {
        CountDownLatch never = new CountDownLatch(1);
        Dns dns = new BoundedDns(
                host -> {
                    await(never);
                    return Dns.SYSTEM.lookup(host);
                },
                Duration.ofMillis(50));

        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> dns.lookup("slow.example.test"))
                .withMessageContaining("no answer from name resolution");
        never.countDown();
    }

    /** The system's resolver cannot be interrupted: what hangs keeps its thread. */
    @Test
    void keepsAnsweringForOtherNamesWhileThoseOfOneDomainHang() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger hanging = new AtomicInteger();
        InetAddress address = InetAddress.ofLiteral("93.184.215.14");
        BoundedDns dns = new BoundedDns(
                host -> {
                    if (host.startsWith("hung")) {
                        hanging.incrementAndGet();
                        await(never);
                    }
                    return List.of(address);
                },
                Duration.ofMillis(100),
                8);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<InetAddress>>> hung = IntStream.range(0, 50)
                    .mapToObj(i -> callers.submit(() -> dns.lookup("hung-" + i % 10 + ".hanging.test")))
                    .toList();
            for (Future<List<InetAddress>> lookup : hung) {
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(lookup::get)
                        .withCauseInstanceOf(UnknownHostException.class);
            }
            assertThat(hanging).as("threads that hang").hasValue(2);
            assertThat(dns.lookup("other.example.test")).containsExactly(address);
        } finally {
            never.countDown();
        }
    }

    @Test
    void refusesNamesAtOnceWhileEveryThreadHangs() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        InetAddress address = InetAddress.ofLiteral("93.184.215.14");
        BoundedDns dns = new BoundedDns(
                _ -> {
                    await(never);
                    return List.of(address);
                },
                Duration.ofMillis(50),
                2);
        for (int i = 0; i < 10; i++) {
            String host = "hung.domain-" + i + ".test";
            assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> dns.lookup(host));
        }
        never.countDown();

        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(dns.lookup("later.example.test")).containsExactly(address));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String get(OutboundHttp http, String url) throws IOException {
        try (Response response =
                http.client().newCall(new Request.Builder().url(url).build()).execute()) {
            return response.code() + " " + response.body().string();
        }
    }

    private static OutboundHttp allowing(String... entries) {
        return new OutboundHttp(new OutboundAddresses(List.of(entries), Dns.SYSTEM), Duration.ofSeconds(5));
    }
}
