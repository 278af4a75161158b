package dev.polyphony.webhooks.delivery;

import static dev.polyphony.webhooks.delivery.Claims.SECRET;
import static dev.polyphony.webhooks.delivery.Claims.claim;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import dev.polyphony.outbound.OutboundProblem;
import dev.polyphony.webhooks.Deliveries.Claim;
import dev.polyphony.webhooks.Payloads.Payload;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSenderTest {
    private static final Duration PATIENT = Duration.ofSeconds(15);
    private static final Duration IMPATIENT = Duration.ofMillis(400);

    private final MockWebServer receiver = new MockWebServer();
    private final OkHttpClient http = new OkHttpClient();

    @BeforeEach
    void start() throws IOException {
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
        http.connectionPool().evictAll();
    }

    @Test
    void postsASignedDeliveryThatTheLibraryAccepts() throws Exception {
        receiver.enqueue(new MockResponse.Builder().code(204).build());
        Claim claim = claim(receiver.url("/amas-webhook").uri());

        DeliveryResult result = sender(PATIENT).send(claim, Claims.DECRYPTED, SECRET);

        assertThat(result.isAccepted()).isTrue();
        assertThat(result.attempt().statusCode()).isEqualTo(204);
        RecordedRequest request = receiver.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST /amas-webhook HTTP/1.1");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("User-Agent")).isEqualTo("Polyphony-Webhooks/test");
        assertThat(request.getHeaders().get("webhook-id")).isEqualTo("msg_" + claim.deliveryId());
        new Webhook(SECRET.text())
                .verify(request.getBody().utf8(), request.getHeaders().toMultimap());
    }

    @Test
    void sendsNoSecretThatStandsInAnEvent() throws Exception {
        String secret = "gh~~p_abcdefghijklmnopqrstuvwxyz0123456789".replace("~~", "");
        receiver.enqueue(new MockResponse.Builder().code(204).build());
        Claim claim = claim(receiver.url("/amas-webhook").uri());

        sender(PATIENT)
                .send(
                        claim,
                        new Payload("{\"reason\":\"401: token " + secret + "\",\"tokens\":1234567}", false),
                        SECRET);

        RecordedRequest request = receiver.takeRequest();
        String body = request.getBody().utf8();
        assertThat(body).contains("401: token [redacted]", "1234567").doesNotContain(secret);
        new Webhook(SECRET.text()).verify(body, request.getHeaders().toMultimap());
    }

    @Test
    void countsAnErrorAsFailureAndKeepsWhatTheReceiverSaid() {
        receiver.enqueue(
                new MockResponse.Builder().code(500).body("no\ndisk\u0000left").build());
        DeliveryResult result = send(PATIENT);
        assertThat(result.attempt().statusCode()).isEqualTo(500);
        assertThat(result.attempt().error()).isEqualTo("the receiver answered 500: no disk left");
        assertThat(result.retryAfter()).isZero();
    }

    @Test
    void passesOnHowLongAnOverloadedReceiverWantsToBeLeftAlone() {
        receiver.enqueue(new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", 90)
                .build());
        assertThat(send(PATIENT).retryAfter()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void doesNotFollowARedirect() {
        receiver.enqueue(new MockResponse.Builder()
                .code(307)
                .addHeader("Location", "/elsewhere")
                .build());
        assertThat(send(PATIENT).attempt().error())
                .contains("307")
                .contains("/elsewhere")
                .contains("not followed");
        assertThat(receiver.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"408,", "408, 0", "503, 0", "503, 00", "503, 2147483648", "503, 99999999999999999999", "421,", "429, 0"
    })
    void postsOnceWhateverTheReceiverAnswers(int status, @Nullable String retryAfter) {
        MockResponse.Builder answer = new MockResponse.Builder().code(status);
        if (retryAfter != null) {
            answer.addHeader("Retry-After", retryAfter);
        }
        receiver.enqueue(answer.build());
        receiver.enqueue(new MockResponse.Builder().code(200).build());

        assertThat(send(PATIENT).attempt().statusCode()).isEqualTo(status);
        assertThat(receiver.getRequestCount()).isEqualTo(1);
    }

    @Test
    void postsOnceWhenTheConnectionBreaksBeforeTheAnswer() {
        receiver.enqueue(new MockResponse.Builder().code(200).build());
        receiver.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        receiver.enqueue(new MockResponse.Builder().code(200).build());

        assertThat(send(PATIENT).isAccepted()).isTrue();
        assertThat(send(PATIENT).isAccepted()).isFalse();
        assertThat(receiver.getRequestCount()).isEqualTo(2);
    }

    @Test
    void usesNoConnectionAgainThatSwitchedToAnotherProtocol() throws Exception {
        receiver.enqueue(new MockResponse.Builder()
                .code(101)
                .addHeader("Connection", "Upgrade")
                .addHeader("Upgrade", "websocket")
                .build());
        receiver.enqueue(new MockResponse.Builder().code(200).build());

        assertThat(send(PATIENT).attempt().error()).contains("101");
        assertThat(send(PATIENT).isAccepted()).isTrue();
        int first = receiver.takeRequest().getConnectionIndex();
        assertThat(receiver.takeRequest().getConnectionIndex()).isNotEqualTo(first);
    }

    @Test
    void keepsNothingOfAnAnswerThatMayQuoteWhatWasSentAboutAPerson() {
        Payload personal = new Payload(Claims.PAYLOAD, true);
        Claim claim = claim(receiver.url("/").uri());
        receiver.enqueue(new MockResponse.Builder()
                .code(400)
                .body("I cannot take: größer")
                .build());
        receiver.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", "/the-summary")
                .build());

        assertThat(sender(PATIENT).send(claim, personal, SECRET).attempt().error())
                .isEqualTo("the receiver answered 400");
        assertThat(sender(PATIENT).send(claim, personal, SECRET).attempt().error())
                .contains("302")
                .contains("not followed")
                .doesNotContain("summary");
    }

    @Test
    void givesUpOnAReceiverThatHangs() {
        receiver.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        DeliveryResult result = send(IMPATIENT);
        assertThat(result.attempt().statusCode()).isNull();
        assertThat(result.attempt().error()).isEqualTo("no answer within 400 ms");
    }

    @Test
    void doesNotWaitForTheBodyOfASuccess() {
        receiver.enqueue(new MockResponse.Builder()
                .code(200)
                .body("late")
                .bodyDelay(1, TimeUnit.HOURS)
                .build());
        assertThat(send(PATIENT).isAccepted()).isTrue();
    }

    @Test
    void keepsTheStatusWhenTheBodyOfAnErrorDoesNotCome() {
        receiver.enqueue(new MockResponse.Builder()
                .code(502)
                .body("late")
                .bodyDelay(1, TimeUnit.HOURS)
                .build());
        assertThat(send(IMPATIENT).attempt().error()).isEqualTo("the receiver answered 502");
    }

    @Test
    void readsOnlyTheBeginningOfAHugeBody() {
        Buffer huge = new Buffer().writeUtf8("x".repeat(64 * 1024 * 1024));
        receiver.enqueue(new MockResponse.Builder().code(500).body(huge).build());
        assertThat(send(PATIENT).attempt().error()).isEqualTo("the receiver answered 500: " + "x".repeat(200));
    }

    @Test
    void saysThatNobodyListens() {
        URI url = receiver.url("/").uri();
        receiver.close();
        assertThat(sender(PATIENT)
                        .send(claim(url), Claims.DECRYPTED, SECRET)
                        .attempt()
                        .error())
                .startsWith("the receiver cannot be reached: ");
    }

    @Test
    void saysThatAnAddressMayNotBeCalledWhicheverWayTheClientPutsIt() {
        assertThat(sendThrough(_ -> {
                            throw new UnknownHostException("10.0.0.1 is private; allow it first");
                        })
                        .attempt()
                        .error())
                .contains("10.0.0.1 is private");
        assertThat(sendThrough(_ -> {
                            throw OutboundProblem.ADDRESS_FORBIDDEN.because("10.0.0.1 is private; allow it first");
                        })
                        .attempt()
                        .error())
                .isEqualTo("10.0.0.1 is private; allow it first");
    }

    private DeliveryResult sendThrough(Dns guard) {
        WebhookSender sender = new WebhookSender(
                http.newBuilder().dns(guard).build(), PATIENT, "Polyphony-Webhooks/test", Clock.systemUTC());
        return sender.send(claim(URI.create("http://your-app.com/")), Claims.DECRYPTED, SECRET);
    }

    private DeliveryResult send(Duration timeout) {
        return sender(timeout).send(claim(receiver.url("/").uri()), Claims.DECRYPTED, SECRET);
    }

    private WebhookSender sender(Duration timeout) {
        return new WebhookSender(http, timeout, "Polyphony-Webhooks/test", Clock.systemUTC());
    }
}
