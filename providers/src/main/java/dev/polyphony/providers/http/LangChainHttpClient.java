package dev.polyphony.providers.http;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * LangChain4j's HTTP client on OkHttp. A status outside 200 to 299 becomes an {@link HttpException} with the body as its
 * message, a missed deadline a {@link TimeoutException}, any other failure of the connection an {@link UncheckedIOException}.
 */
public final class LangChainHttpClient implements HttpClient {
    private final OkHttpClient client;
    private final long maxReplyBytes;

    LangChainHttpClient(OkHttpClient client, long maxReplyBytes) {
        this.client = client;
        this.maxReplyBytes = maxReplyBytes;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        Duration whole = Duration.ofMillis(client.readTimeoutMillis());
        OkHttpClient bounded = client.newBuilder().callTimeout(whole).build();
        try (Response response = bounded.newCall(OutboundRequests.of(request)).execute();
                BufferedSource body = BoundedBody.of(response.body(), maxReplyBytes)) {
            byte[] bytes = body.readByteArray();
            if (!response.isSuccessful()) {
                throw OutboundRequests.failure(response, bytes);
            }
            return OutboundRequests.success(response, bytes);
        } catch (InterruptedIOException e) {
            throw interruption(e, whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns at once; the listener hears from another thread, and exactly one end: {@code onError} or {@code onClose}. The
     * stream may last as long as it likes, but not stay silent for longer than the read timeout.
     */
    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        client.newCall(OutboundRequests.of(request)).enqueue(new EventStream(parser, listener, maxReplyBytes));
    }

    /** OkHttp tells a missed deadline and an interrupted thread by the same type. LangChain4j shows callers only root causes. */
    private static RuntimeException interruption(InterruptedIOException e, Duration whole) {
        if (Thread.currentThread().isInterrupted()) {
            return new UncheckedIOException(new IOException("the call was interrupted"));
        }
        return new TimeoutException("no complete reply within %d ms (%s)".formatted(whole.toMillis(), e.getMessage()));
    }
}
