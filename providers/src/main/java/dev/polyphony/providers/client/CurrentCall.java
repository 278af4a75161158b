package dev.polyphony.providers.client;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * LangChain4j's HTTP client for models that serve many calls: each goes through the {@link VendorCall} that its own thread is making.
 * To build a model for every call costs more than the call itself, since LangChain4j searches the whole class path while it builds.
 */
public final class CurrentCall implements HttpClient, HttpClientBuilder {
    private static final ScopedValue<VendorCall> CALL = ScopedValue.newInstance();

    /** Asks a model that was built with this client. */
    public static <T> T through(VendorCall call, Supplier<T> asking) {
        return ScopedValue.where(CALL, call).call(asking::get);
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try {
            return CALL.get().execute(request);
        } catch (RuntimeException failure) {
            throw new CallEnded(failure);
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        CALL.get().execute(request, parser, listener);
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
