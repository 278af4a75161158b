package dev.polyphony.providers.contract;

import java.net.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/** An HTTP client like the server's own, but without its guard of addresses. */
public final class PlainHttp implements AutoCloseable {
    private static final int CALLS_AT_ONCE = 1_000;

    private final OkHttpClient client = new OkHttpClient.Builder()
            .proxy(Proxy.NO_PROXY)
            .followRedirects(false)
            .connectTimeout(Duration.ofSeconds(5))
            .connectionPool(new ConnectionPool(256, 5, TimeUnit.MINUTES))
            .build();

    public PlainHttp() {
        client.dispatcher().setMaxRequests(CALLS_AT_ONCE);
        client.dispatcher().setMaxRequestsPerHost(CALLS_AT_ONCE);
    }

    public OkHttpClient client() {
        return client;
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
