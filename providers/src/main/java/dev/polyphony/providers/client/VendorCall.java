package dev.polyphony.providers.client;

import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.polyphony.providers.ProviderProblem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * One call of a vendor, on OkHttp. It throws, or tells the listener of a stream,
 *
 * <ul>
 *   <li>{@link HttpFailure} for a status outside 200 to 299 and for an error inside an answer,
 *   <li>{@link CallFailure} when one of the {@link CallLimits} is reached, a stream is none, the content is refused or the
 *       call was cancelled,
 *   <li>{@link UncheckedIOException} (in streams: the {@link IOException} itself) when the connection fails or the answer is
 *       larger than allowed.
 * </ul>
 *
 * <p>Both kinds of call run on the calling thread, streams too: the listener hears everything before {@code execute} returns.
 */
public final class VendorCall {
    private final VendorClient client;
    private final CallLimits limits;
    private final ResponseRules rules;
    private final UnaryOperator<HttpRequest> completion;
    private volatile @Nullable Call running;
    private volatile boolean cancelled;

    VendorCall(VendorClient client, CallLimits limits, ResponseRules rules, UnaryOperator<HttpRequest> completion) {
        this.client = client;
        this.limits = limits;
        this.rules = rules;
        this.completion = completion;
    }

    /** Ends the call from any thread. */
    public void cancel() {
        cancelled = true;
        Call call = running;
        if (call != null) {
            call.cancel();
        }
    }

    public SuccessfulHttpResponse execute(HttpRequest request) {
        try (Response response = begin(request).execute();
                BufferedSource body = BoundedBody.of(response.body(), limits.maxBytes())) {
            byte[] bytes = body.readByteArray();
            if (!response.isSuccessful()) {
                throw HttpTranslation.failure(response, bytes);
            }
            return HttpTranslation.success(response, new ErrorInReply(response, rules).checked(bytes));
        } catch (IOException e) {
            throw failure(e) instanceof RuntimeException unchecked ? unchecked : new UncheckedIOException(e);
        }
    }

    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        new EventStream(this, begin(request), parser).read(listener);
    }

    private Call begin(HttpRequest asked) {
        HttpRequest request = completion.apply(asked);
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

    ResponseRules rules() {
        return rules;
    }

    boolean wasCancelled() {
        return cancelled;
    }

    /** OkHttp tells a missed deadline and an interrupted thread by the same type. LangChain4j shows callers only root causes. */
    Throwable failure(Throwable thrown) {
        if (cancelled || Thread.currentThread().isInterrupted()) {
            return new CallFailure(ProviderProblem.PROVIDER_CALL_CANCELLED, "the call was cancelled");
        }
        if (!(thrown instanceof InterruptedIOException late)) {
            return thrown;
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
