package dev.polyphony.webhooks.delivery;

import dev.polyphony.outbound.RetryAfter;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.secrets.SecretDetector;
import dev.polyphony.webhooks.Deliveries.Claim;
import dev.polyphony.webhooks.Payloads.Payload;
import dev.polyphony.webhooks.SigningSecret;
import dev.polyphony.webhooks.signing.SignedDelivery;
import dev.polyphony.webhooks.signing.WebhookSigner;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.time.Clock;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Makes one attempt, which is one request. Whatever the other side does, it ends within the call timeout and answers with what
 * happened.
 */
public final class WebhookSender {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final String RETRY_AFTER = "Retry-After";

    /** Under this name the wait passes by OkHttp, which would repeat the request at once when it is zero. */
    private static final String ASKED_WAIT = "polyphony-retry-after";

    private final OkHttpClient http;
    private final Duration callTimeout;
    private final String userAgent;
    private final Clock clock;

    /**
     * @param guarded refuses addresses that may not be called
     * @param callTimeout for the whole call, from name lookup to the end of the answer
     * @param userAgent such as {@code Polyphony-Webhooks/0.1.0}
     */
    public WebhookSender(OkHttpClient guarded, Duration callTimeout, String userAgent, Clock clock) {
        this.http = guarded.newBuilder()
                .callTimeout(callTimeout)
                .connectTimeout(callTimeout)
                .readTimeout(callTimeout)
                .writeTimeout(callTimeout)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .addNetworkInterceptor(WebhookSender::proceedOnce)
                .build();
        this.callTimeout = callTimeout;
        this.userAgent = userAgent;
        this.clock = clock;
    }

    /** An exception closes the connection: after a 101 it speaks another protocol, and nobody may use it again. */
    private static Response proceedOnce(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        if (response.code() == SWITCHING_PROTOCOLS) {
            if (chain.connection() != null) {
                chain.connection().socket().close();
            }
            throw new ProtocolException("it answered 101 and switched to a protocol that was not asked for");
        }
        String wait = response.header(RETRY_AFTER);
        return wait == null
                ? response
                : response.newBuilder()
                        .removeHeader(RETRY_AFTER)
                        .header(ASKED_WAIT, wait)
                        .build();
    }

    DeliveryResult send(Claim claim, Payload payload, SigningSecret secret) {
        HttpUrl url = HttpUrl.parse(claim.url());
        if (url == null) {
            return DeliveryResult.failed(null, "the URL " + claim.url() + " cannot be called", Duration.ZERO);
        }
        return call(
                request(
                        url,
                        WebhookSigner.sign(
                                claim, SecretDetector.standard().maskedJson(payload.json()), secret, clock.instant())),
                payload.personal());
    }

    private Request request(HttpUrl url, SignedDelivery delivery) {
        return new Request.Builder()
                .url(url)
                .header("User-Agent", userAgent)
                .header("webhook-id", delivery.id())
                .header("webhook-timestamp", delivery.timestamp())
                .header("webhook-signature", delivery.signature())
                .post(new OneShotBody(RequestBody.create(delivery.body(), JSON)))
                .build();
    }

    private DeliveryResult call(Request request, boolean personal) {
        long started = System.nanoTime();
        try (Response response = http.newCall(request).execute()) {
            return result(response, personal, since(started));
        } catch (InterruptedIOException _) {
            return DeliveryResult.failed(null, "no answer within " + callTimeout.toMillis() + " ms", since(started));
        } catch (IOException e) {
            return DeliveryResult.failed(
                    null, "the receiver cannot be reached: " + ResponseExcerpt.of(e), since(started));
        } catch (Rejection e) {
            return DeliveryResult.failed(null, ResponseExcerpt.of(e), since(started));
        }
    }

    private DeliveryResult result(Response response, boolean personal, Duration took) {
        int status = response.code();
        if (response.isSuccessful()) {
            return DeliveryResult.accepted(status, took);
        }
        DeliveryResult failed = DeliveryResult.failed(status, complaint(response, personal), took);
        return status == TOO_MANY_REQUESTS || status == UNAVAILABLE
                ? failed.askingToWait(RetryAfter.parse(response.header(ASKED_WAIT), clock.instant())
                        .orElse(Duration.ZERO))
                : failed;
    }

    /** A receiver may quote what it was sent, which must not be kept when it is about a person. */
    private static String complaint(Response response, boolean personal) {
        String answered = "the receiver answered " + response.code();
        if (response.isRedirect()) {
            String location = response.header("Location");
            return answered + " and points to "
                    + (personal || location == null ? "another URL" : ResponseExcerpt.of(location))
                    + "; redirects are not followed, register that URL instead";
        }
        return personal ? answered : answered + ResponseExcerpt.of(response);
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
