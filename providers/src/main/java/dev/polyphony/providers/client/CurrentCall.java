package dev.polyphony.providers.client;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's HTTP client for models that serve many calls: each goes through the {@link VendorCall} that its own thread is making.
 * To build a model for every call costs more than the call itself, since LangChain4j searches the whole class path while it builds.
 */
public final class CurrentCall implements HttpClient, HttpClientBuilder {
    private static final ScopedValue<Function<HttpRequest, SuccessfulHttpResponse>> CALL = ScopedValue.newInstance();

    /** Asks a model that was built with this client. */
    public static <T> T through(VendorCall call, Supplier<T> asking) {
        return ScopedValue.where(CALL, call::execute).call(asking::get);
    }

    /** The request that a model would send which was built with this client. Nothing is sent. */
    public static HttpRequest requestOf(Runnable asking) {
        Written written = new Written();
        try {
            ScopedValue.where(CALL, written::take).run(asking);
        } catch (RuntimeException e) {
            if (written.request == null) {
                throw e;
            }
        }
        if (written.request == null) {
            throw new IllegalStateException("LangChain4j has written no request");
        }
        return written.request;
    }

    /** Takes the request; LangChain4j gives up since there is no answer. */
    private static final class Written {
        private @Nullable HttpRequest request;

        SuccessfulHttpResponse take(HttpRequest sent) {
            request = sent;
            throw new IllegalStateException("the request is sent elsewhere");
        }
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try {
            return CALL.get().apply(request);
        } catch (RuntimeException failure) {
            throw new CallEnded(failure);
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        execute(request);
    }

    /** Limits come with each call, and LangChain4j's own defaults are not wanted. */
    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        return this;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        return this;
    }

    @Override
    public HttpClient build() {
        return this;
    }

    @Override
    public Duration connectTimeout() {
        return Duration.ZERO;
    }

    @Override
    public Duration readTimeout() {
        return Duration.ZERO;
    }
}
