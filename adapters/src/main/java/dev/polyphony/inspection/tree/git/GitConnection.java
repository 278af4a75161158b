package dev.polyphony.inspection.tree.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * One request of the git protocol, sent by the guarded client. Timeouts, redirects, proxies and certificates are the
 * client's business, so whatever git's own configuration says about them is not heard.
 */
final class GitConnection implements HttpConnection {
    /** Nothing else leaves but a configured token: no cookies, no extra headers of the operator's git configuration. */
    private static final Set<String> SENT =
            Set.of("accept", "content-type", "content-encoding", "git-protocol", "user-agent");

    /** Some 100,000 branches and tags; each takes several times its bytes in memory. */
    private static final long MAX_REFS_BYTES = 8_000_000;

    private static final String GIT = "application/x-git-upload-pack-";

    private final URL url;
    private final GitConnections calls;
    private final Request.Builder request;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private String method = "GET";
    private @Nullable Response response;

    GitConnection(URL url, GitConnections calls, @Nullable GitToken token) {
        this.url = url;
        this.calls = calls;
        this.request = new Request.Builder().url(url);
        if (token != null) {
            request.header("Authorization", token.authorization());
        }
    }

    private Response response() throws IOException {
        Response known = response;
        if (known == null) {
            boolean sends = method.equals("POST");
            known = calls.execute(request.method(method, sends ? RequestBody.create(body.toByteArray(), null) : null)
                    .build());
            response = known;
        }
        if (known.code() == HTTP_OK && !known.header("Content-Type", "").startsWith(GIT)) {
            throw new NotGit(url.getHost() + " does not answer as a git server there");
        }
        return known;
    }

    @Override
    public int getResponseCode() throws IOException {
        return response().code();
    }

    @Override
    public String getResponseMessage() throws IOException {
        return response().message();
    }

    @Override
    public URL getURL() {
        return url;
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        return response == null ? Map.of() : response.headers().toMultimap();
    }

    @Override
    public List<String> getHeaderFields(String name) {
        return response == null ? List.of() : response.headers(name);
    }

    @Override
    public @Nullable String getHeaderField(String name) {
        return response == null ? null : response.header(name);
    }

    @Override
    public @Nullable String getContentType() {
        return getHeaderField("Content-Type");
    }

    @Override
    public int getContentLength() {
        return -1; // the body is decompressed on its way, so its length is not known
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return calls.counted(response().body().byteStream(), isListOfRefs() ? MAX_REFS_BYTES : Long.MAX_VALUE);
    }

    /** In version 2 of the protocol the list is asked for like a pack. */
    private boolean isListOfRefs() {
        return method.equals("GET")
                || body.toString(StandardCharsets.ISO_8859_1).contains("command=ls-refs");
    }

    @Override
    public OutputStream getOutputStream() {
        return body;
    }

    @Override
    public void setRequestProperty(String name, String value) {
        if (SENT.contains(name.toLowerCase(Locale.ROOT))) {
            request.header(name, value);
        }
    }

    @Override
    public void setRequestMethod(String method) {
        this.method = method;
    }

    @Override
    public String getRequestMethod() {
        return method;
    }

    @Override
    public void connect() throws IOException {
        response();
    }

    @Override
    public boolean usingProxy() {
        return false;
    }

    @Override
    public void setUseCaches(boolean use) {}

    @Override
    public void setConnectTimeout(int millis) {}

    @Override
    public void setReadTimeout(int millis) {}

    @Override
    public void setInstanceFollowRedirects(boolean follow) {}

    @Override
    public void setDoOutput(boolean output) {}

    @Override
    public void setFixedLengthStreamingMode(int length) {}

    @Override
    public void setChunkedStreamingMode(int length) {}

    @Override
    public void configure(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {}

    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) {}

    /** The server answers, but not with git's protocol. */
    static final class NotGit extends IOException {
        NotGit(String message) {
            super(message);
        }
    }
}
