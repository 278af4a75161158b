package dev.polyphony.providers.http;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InterruptedIOException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import okio.BufferedSource;

/** One stream of server-sent events on its way to a listener. */
final class EventStream implements Callback {
    private final ServerSentEventParser parser;
    private final OneEnd listener;
    private final long maxBytes;

    EventStream(ServerSentEventParser parser, ServerSentEventListener listener, long maxBytes) {
        this.parser = parser;
        this.listener = new OneEnd(listener);
        this.maxBytes = maxBytes;
    }

    @Override
    public void onFailure(Call call, IOException e) {
        listener.onError(e);
    }

    @Override
    public void onResponse(Call call, Response response) throws IOException {
        try (response;
                BufferedSource body = BoundedBody.of(response.body(), maxBytes)) {
            if (!response.isSuccessful()) {
                throw OutboundRequests.failure(response, body.readByteArray());
            }
            listener.onOpen(OutboundRequests.success(response, new byte[0]));
            parser.parse(body.inputStream(), listener);
            listener.onClose();
        } catch (IOException | RuntimeException e) {
            listener.onError(e);
        }
    }

    /** The parser reports a broken connection itself; whatever comes after the first end is not passed on. */
    private static final class OneEnd implements ServerSentEventListener {
        private final ServerSentEventListener listener;
        private boolean ended;

        OneEnd(ServerSentEventListener listener) {
            this.listener = listener;
        }

        @Override
        public void onOpen(SuccessfulHttpResponse response) {
            listener.onOpen(response);
        }

        @Override
        public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
            listener.onEvent(event, context);
        }

        @Override
        public void onError(Throwable error) {
            if (!ended) {
                ended = true;
                listener.onError(error instanceof InterruptedIOException ? silence(error) : error);
            }
        }

        @Override
        public void onClose() {
            if (!ended) {
                ended = true;
                listener.onClose();
            }
        }

        private static TimeoutException silence(Throwable error) {
            return new TimeoutException("the stream stayed silent for too long", error);
        }
    }
}
