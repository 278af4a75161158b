package dev.polyphony.providers.http;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Lets LangChain4j's vendors call through the one outbound client. One builder for each model, as LangChain4j sets it. */
public final class LangChainHttpClientBuilder implements HttpClientBuilder {
    private final OkHttpClient client;
    private final long maxReplyBytes;
    private @Nullable Duration connectTimeout;
    private @Nullable Duration readTimeout;

    /** @param maxReplyBytes the most bytes of one reply, after decompression */
    public LangChainHttpClientBuilder(OkHttpClient client, long maxReplyBytes) {
        this.client = client;
        this.maxReplyBytes = maxReplyBytes;
    }

    @Override
    public @Nullable Duration connectTimeout() {
        return connectTimeout;
    }

    /** Shortens the outbound client's own limit, never lengthens it. */
    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        connectTimeout = timeout;
        return this;
    }

    @Override
    public @Nullable Duration readTimeout() {
        return readTimeout;
    }

    /** Bounds a whole call, and the silence between two events of a stream. */
    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        readTimeout = timeout;
        return this;
    }

    @Override
    public HttpClient build() {
        OkHttpClient.Builder own = client.newBuilder();
        if (connectTimeout != null && connectTimeout.toMillis() < client.connectTimeoutMillis()) {
            own.connectTimeout(connectTimeout);
        }
        if (readTimeout != null) {
            own.readTimeout(readTimeout).writeTimeout(readTimeout);
        }
        return new LangChainHttpClient(own.build(), maxReplyBytes);
    }
}
