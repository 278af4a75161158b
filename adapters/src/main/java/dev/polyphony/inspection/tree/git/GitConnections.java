package dev.polyphony.inspection.tree.git;

import dev.polyphony.inspection.tree.files.Deadline;
import dev.polyphony.outbound.OutboundPolicy;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one fetch: each to an address that may be called, redirects included, all together within the time and
 * the number of bytes that the fetch has.
 */
final class GitConnections implements HttpConnectionFactory, AutoCloseable {
    /** Where a server says what it can do. */
    private static final int MAX_BEGINNING = 8_192;

    private final OkHttpClient client;
    private final OutboundPolicy policy;
    private final Deadline deadline;
    private final List<Response> responses = new ArrayList<>();
    private final StringBuilder beginnings = new StringBuilder();
    private @Nullable GitToken token;
    private long bytesLeft;

    GitConnections(OkHttpClient client, OutboundPolicy policy, Deadline deadline, long bytes) {
        this.client = client.newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
        this.policy = policy;
        this.deadline = deadline;
        this.bytesLeft = bytes;
    }

    /** The same with a token, which goes to its own server only. */
    GitConnections sending(@Nullable GitToken secret) {
        this.token = secret;
        return this;
    }

    boolean sendsToken() {
        return token != null;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        try {
            policy.check(url.toURI(), GitRemotes.PARAMETER);
        } catch (URISyntaxException e) {
            throw new IOException("the server redirects to an address that is not a URL", e);
        }
        GitToken secret = token;
        return new GitConnection(url, this, secret != null && secret.isFor(url) ? secret : null);
    }

    @Override
    public HttpConnection create(URL url, @Nullable Proxy ignored) throws IOException {
        return create(url);
    }

    /** The status of the last answer; 0 when there was none. */
    int lastStatus() {
        return responses.isEmpty() ? 0 : responses.getLast().code();
    }

    /** Whether the server sent more than it may. */
    boolean isSpent() {
        return bytesLeft < 0;
    }

    /** The timeout of a call includes reading its answer to the end: a server that trickles gains nothing. */
    Response execute(Request request) throws IOException {
        Response response = client.newBuilder()
                .callTimeout(deadline.remaining())
                .readTimeout(deadline.remaining())
                .build()
                .newCall(request)
                .execute();
        responses.add(response);
        return response;
    }

    /** Whether the server said that it names objects by SHA-256. */
    boolean isSha256() {
        return beginnings.indexOf("object-format=sha256") >= 0;
    }

    /** @param most the most that this answer may have, beside what all may have together */
    InputStream counted(InputStream in, long most) {
        return new FilterInputStream(in) {
            private long left = most;
            private int heard;

            private void hear(byte[] bytes, int from, int length) throws IOException {
                int more = Math.min(length, MAX_BEGINNING - heard);
                if (more > 0) {
                    beginnings.append(new String(bytes, from, more, StandardCharsets.ISO_8859_1));
                    heard += more;
                }
                left -= length;
                if (left < 0) {
                    bytesLeft = -1;
                }
                count(length);
            }

            @Override
            public int read() throws IOException {
                int read = super.read();
                if (read >= 0) {
                    hear(new byte[] {(byte) read}, 0, 1);
                }
                return read;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int read = super.read(target, offset, length);
                if (read > 0) {
                    hear(target, offset, read);
                }
                return read;
            }
        };
    }

    private void count(int bytes) throws IOException {
        bytesLeft -= bytes;
        if (isSpent()) {
            throw new IOException("the server sends more than it may");
        }
    }

    @Override
    public void close() {
        responses.forEach(Response::close);
    }
}
