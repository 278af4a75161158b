package dev.polyphony.providers.client;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.client.ResponseRules.Meaning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.Response;
import okio.Okio;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** One stream of events on its way to a listener, which hears exactly one end: {@code onError} or {@code onClose}. */
final class EventStream {
    private final VendorCall vendor;
    private final Call call;
    private final ServerSentEventParser parser;
    private final IdleTimeout idleTimeout;

    EventStream(VendorCall vendor, Call call, ServerSentEventParser parser) {
        this.vendor = vendor;
        this.call = call;
        this.parser = parser;
        this.idleTimeout = new IdleTimeout(call);
    }

    void read(ServerSentEventListener listener) {
        idleTimeout.begin(vendor.limits().firstToken());
        try (Response response = call.execute();
                BoundedBody body =
                        new BoundedBody(response.body(), vendor.limits().maxBytes())) {
            new Events(listener, response, body).parse();
        } catch (IOException | RuntimeException e) {
            listener.onError(failure(e, 0));
        } finally {
            idleTimeout.end();
        }
    }

    private Throwable failure(Throwable thrown, long events) {
        if (!idleTimeout.hasTimedOut() || vendor.wasCancelled()) {
            return vendor.failure(thrown);
        }
        return events == 0
                ? new CallFailure(
                        ProviderProblem.PROVIDER_FIRST_TOKEN_TIMED_OUT,
                        "no first token within %d ms"
                                .formatted(vendor.limits().firstToken().toMillis()))
                : new CallFailure(
                        ProviderProblem.PROVIDER_STALLED,
                        "the stream fell silent for %d ms after %d events"
                                .formatted(vendor.limits().idle().toMillis(), events));
    }

    /** The parser swallows what a listener throws and reports a broken connection itself; this one hears and decides. */
    private final class Events implements ServerSentEventListener {
        private static final Pattern BLANK = Pattern.compile("\\s*");

        private final ServerSentEventListener listener;
        private final Response response;
        private final BoundedBody body;
        private long events;
        private boolean finished;
        private boolean over;
        private boolean ended;

        Events(ServerSentEventListener listener, Response response, BoundedBody body) {
            this.listener = listener;
            this.response = response;
            this.body = body;
        }

        void parse() throws IOException {
            if (!response.isSuccessful()) {
                onError(HttpTranslation.failure(response, Okio.buffer(body).readByteArray()));
                return;
            }
            listener.onOpen(HttpTranslation.success(response, new byte[0]));
            parser.parse(Okio.buffer(body).inputStream(), this);
            if (!finished) {
                onError(events == 0 ? unbegun() : unfinished());
            }
            onClose();
        }

        /** Some vendors tell an error in JSON, and status 200, where they were asked for events. */
        private RuntimeException unbegun() {
            try {
                byte[] beginning = new ErrorInReply(response, vendor.rules()).checked(body.beginning());
                return new String(beginning, StandardCharsets.UTF_8).isBlank() || !isAnotherType()
                        ? unfinished()
                        : new CallFailure(
                                ProviderProblem.PROVIDER_REPLY_MALFORMED,
                                "the answer is no stream, but " + response.header("Content-Type"));
            } catch (HttpFailure | CallFailure failure) {
                return failure;
            }
        }

        private boolean isAnotherType() {
            return String.valueOf(response.header("Content-Type")).matches("(?i)(application/json|text/html)\\b.*");
        }

        private CallFailure unfinished() {
            return events == 0
                    ? new CallFailure(ProviderProblem.PROVIDER_REPLY_EMPTY, "the stream ended before its first token")
                    : new CallFailure(
                            ProviderProblem.PROVIDER_STREAM_BROKEN,
                            "the stream ended after %d events without its terminator".formatted(events));
        }

        @Override
        public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
            if (over || ended || BLANK.matcher(String.valueOf(event.data())).matches()) {
                return;
            }
            try {
                handle(event, context);
            } catch (RuntimeException e) { // ours, or LangChain4j's for JSON of another form
                onError(e);
            }
        }

        private void handle(ServerSentEvent event, ServerSentEventContext context) {
            if ("error".equals(event.event())) {
                throw new HttpFailure(response.code(), event.data(), response.headers());
            }
            JsonNode json = json(event);
            new ErrorInReply(response, vendor.rules()).check(json, event.data());
            Meaning meaning = vendor.rules().meaningOf(event, json);
            if (meaning == Meaning.PING) {
                return;
            }
            if (meaning == Meaning.OPENING && events == 0) {
                listener.onEvent(readable(event, json), context);
                return;
            }
            idleTimeout.end();
            events++;
            finished |= meaning == Meaning.FINISH || meaning == Meaning.END;
            listener.onEvent(readable(event, json), context);
            if (meaning == Meaning.END || vendor.wasCancelled()) {
                over = true;
                body.stop();
            }
            idleTimeout.begin(vendor.limits().idle());
        }

        private ServerSentEvent readable(ServerSentEvent event, JsonNode json) {
            return vendor.rules().normalize(json) ? new ServerSentEvent(event.event(), json.toString()) : event;
        }

        private JsonNode json(ServerSentEvent event) {
            if (ResponseRules.DONE.equals(event.data().strip())) {
                return MissingNode.getInstance();
            }
            try {
                return ErrorInReply.JSON.readTree(event.data());
            } catch (JacksonException e) {
                throw new CallFailure(
                        ProviderProblem.PROVIDER_REPLY_MALFORMED,
                        "event %d is not JSON (%s)".formatted(events + 1, e.getOriginalMessage()));
            }
        }

        @Override
        public void onError(Throwable error) {
            if (!ended) {
                ended = true;
                body.stop();
                listener.onError(failure(error, events));
            }
        }

        @Override
        public void onClose() {
            if (!ended) {
                ended = true;
                listener.onClose();
            }
        }

        @Override
        public void onEvent(ServerSentEvent event) {
            throw new UnsupportedOperationException("a parser of this version tells the context too");
        }

        @Override
        public void onOpen(SuccessfulHttpResponse opened) {
            throw new UnsupportedOperationException("no parser opens a stream");
        }
    }
}
