package dev.polyphony.identity.jwt;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Fetches key sets through the client that checks every address; small ones, soon, and without following redirects. */
final class GuardedRetriever implements ResourceRetriever {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long MAX_BYTES = 256 * 1024;

    private final OkHttpClient http;

    GuardedRetriever(OkHttpClient http) {
        this.http = http.newBuilder()
                .callTimeout(TIMEOUT)
                .readTimeout(TIMEOUT)
                .followRedirects(false)
                .build();
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        Request request = new Request.Builder()
                .url(url)
                .header("Accept", "application/json, application/jwk-set+json")
                .build();
        try (Response response = http.newCall(request).execute()) {
            if (response.code() != 200) {
                throw new IOException(url + " answered " + response.code());
            }
            ResponseBody body = response.peekBody(MAX_BYTES + 1);
            if (body.contentLength() > MAX_BYTES) {
                throw new IOException(url + " answered more than " + MAX_BYTES + " bytes");
            }
            return new Resource(body.string(), String.valueOf(response.header("Content-Type")));
        }
    }
}
