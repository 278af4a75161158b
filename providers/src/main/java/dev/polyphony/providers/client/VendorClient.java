package dev.polyphony.providers.client;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** What the calls of one vendor have in common. Its URLs are few, and each is parsed once. */
public final class VendorClient {
    private final OkHttpClient client;
    private final Map<String, HttpUrl> urls = new ConcurrentHashMap<>();

    /** @param connect the longest one attempt to connect may take; never more than the outbound client's own limit */
    public VendorClient(OkHttpClient outbound, Duration connect) {
        long millis = Math.min(connect.toMillis(), outbound.connectTimeoutMillis());
        this.client = outbound.newBuilder()
                .connectTimeout(Duration.ofMillis(millis))
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .build();
    }

    public VendorCall call(CallLimits limits) {
        return new VendorCall(this, limits);
    }

    Request.Builder to(String url) {
        return new Request.Builder().url(urls.computeIfAbsent(url, HttpUrl::get));
    }

    OkHttpClient http() {
        return client;
    }
}
