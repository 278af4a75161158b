package dev.polyphony.outbound.http;

import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/**
 * Owns the one HTTP client through which everything outside is called: guarded by address, without proxies, and without
 * following redirects, because a redirect may lead anywhere and its caller should decide. One call is one request: what is
 * repeated may cost money, and its caller decides that too. Derive clients with other
 * timeouts by {@code client().newBuilder()}; they share connections and the guard.
 */
public final class OutboundHttp implements AutoCloseable {
    private static final int STREAMS_AT_ONCE = 1_000;

    /** OkHttp's own five are too few: with more calls at once, most of them would connect anew. */
    private static final int IDLE_CONNECTIONS = 256;

    private static final int IDLE_MINUTES = 5;

    private final OutboundAddresses addresses;
    private final OkHttpClient client;

    /** @param connectTimeout the longest one connection attempt may take */
    public OutboundHttp(OutboundAddresses addresses, Duration connectTimeout) {
        this.addresses = addresses;
        client = new OkHttpClient.Builder()
                .dns(addresses.dns())
                .socketFactory(new GuardedSockets(addresses))
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .addInterceptor(SingleExchange.RESTORE)
                .addNetworkInterceptor(SingleExchange.CONCEAL)
                .connectTimeout(connectTimeout)
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_MINUTES, TimeUnit.MINUTES))
                .build();
        client.dispatcher().setMaxRequests(STREAMS_AT_ONCE);
        client.dispatcher().setMaxRequestsPerHost(STREAMS_AT_ONCE);
    }

    public OkHttpClient client() {
        return client;
    }

    /**
     * A client that may also call the host and port of this URL. It has a pool of its own: OkHttp gives the connections of one pool to
     * every client of it, whatever their socket factories are.
     */
    public OkHttpClient calling(URI url) {
        return client.newBuilder()
                .socketFactory(new GuardedSockets(addresses.and(url)))
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_MINUTES, TimeUnit.MINUTES))
                .build();
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
