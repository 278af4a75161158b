package dev.polyphony.providers.client;

import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.polyphony.providers.ProviderProblem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One call of a vendor, on OkHttp and on the calling thread. It throws
 *
 * <ul>
 *   <li>{@link HttpFailure} for a status outside 200 to 299 and for an error inside an answer,
 *   <li>{@link CallFailure} when one of the {@link CallLimits} is reached, a stream is none, the content is refused or the
 *       call was cancelled,
 *   <li>{@link UncheckedIOException} when the connection fails or the answer is larger than allowed.
 * </ul>
 */
public final class VendorCall {
    private static final Logger LOG = LoggerFactory.getLogger(VendorCall.class);
    private static final ByteString BYTE_ORDER_MARK = ByteString.decodeHex("efbbbf");

    private final VendorClient client;
    private final CallLimits limits;
    private volatile @Nullable Call running;
    private volatile boolean cancelled;

    VendorCall(VendorClient client, CallLimits limits) {
        this.client = client;
        this.limits = limits;
    }

    /** Ends the call from any thread. */
    public void cancel() {
        cancelled = true;
        Call call = running;
        if (call != null) {
            call.cancel();
        }
    }

    /** An answer that is read elsewhere, whole. */
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try (Response response = begin(request).execute();
                BufferedSource body = BoundedBody.of(response.body(), limits.maxBytes())) {
            body.skip(body.rangeEquals(0, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.size() : 0);
            byte[] bytes = body.readByteArray();
            if (!response.isSuccessful()) {
                throw HttpTranslation.failure(response, bytes);
            }
            checkForError(response, bytes);
            return HttpTranslation.success(response, bytes);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** What is not JSON has no error in it; whoever reads it will find no reply either. */
    private static void checkForError(Response response, byte[] body) {
        try {
            JsonNode json = JsonMapper.shared().readTree(body);
            new ErrorInReply(response).check(json, new String(body, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            LOG.debug("an answer that is not JSON", e);
        }
    }

    /** @param streamed whether the request asks for a stream */
    public void read(HttpRequest request, AnswerReader reader, boolean streamed) {
        new EventStream(this, begin(request), reader, streamed).read();
    }

    private Call begin(HttpRequest request) {
        Call call = client.http().newCall(HttpTranslation.of(request, client.to(request.url())));
        call.timeout().timeout(limits.whole().toNanos(), TimeUnit.NANOSECONDS);
        running = call;
        if (cancelled) {
            call.cancel();
        }
        return call;
    }

    CallLimits limits() {
        return limits;
    }

    boolean wasCancelled() {
        return cancelled;
    }

    /** OkHttp tells a missed deadline and an interrupted thread by the same type. LangChain4j shows callers only root causes. */
    RuntimeException failure(Exception thrown) {
        if (cancelled || Thread.currentThread().isInterrupted()) {
            return new CallFailure(ProviderProblem.PROVIDER_CALL_CANCELLED, "the call was cancelled");
        }
        if (thrown instanceof RuntimeException unchecked) {
            return unchecked;
        }
        if (!(thrown instanceof InterruptedIOException late)) {
            return new UncheckedIOException((IOException) thrown);
        }
        boolean connecting =
                String.valueOf(late.getMessage()).toLowerCase(Locale.ROOT).contains("connect");
        return connecting
                ? new CallFailure(
                        ProviderProblem.PROVIDER_CONNECT_TIMED_OUT,
                        "no connection within %d ms".formatted(client.http().connectTimeoutMillis()))
                : new CallFailure(
                        ProviderProblem.PROVIDER_TIMED_OUT,
                        "no complete reply within %d ms"
                                .formatted(limits.whole().toMillis()));
    }
}
