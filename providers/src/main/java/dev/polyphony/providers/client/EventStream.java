package dev.polyphony.providers.client;

import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.client.AnswerReader.Step;
import dev.polyphony.providers.client.WireEvents.Event;
import java.io.IOException;
import java.util.List;
import okhttp3.Call;
import okhttp3.Response;
import okio.Okio;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** One answer on its way to its reader, as a stream or whole: vendors send either where they were asked for the other. */
final class EventStream {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DONE = "[DONE]";

    private final VendorCall vendor;
    private final Call call;
    private final AnswerReader reader;
    private final boolean streamed;
    private final IdleTimeout idleTimeout;
    private long parts;
    private long told;

    /** @param streamed whether a stream was asked for, which may not fall silent */
    EventStream(VendorCall vendor, Call call, AnswerReader reader, boolean streamed) {
        this.vendor = vendor;
        this.call = call;
        this.reader = reader;
        this.streamed = streamed;
        this.idleTimeout = new IdleTimeout(call);
    }

    void read() {
        if (streamed) {
            idleTimeout.begin(vendor.limits().firstToken());
        }
        try (Response response = call.execute()) {
            read(response);
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        } finally {
            idleTimeout.end();
        }
    }

    private void read(Response response) throws IOException {
        try (BoundedBody body = new BoundedBody(response.body(), vendor.limits().maxBytes())) {
            if (!response.isSuccessful()) {
                throw HttpTranslation.failure(response, Okio.buffer(body).readByteArray());
            }
            WireEvents events = new WireEvents(Okio.buffer(body));
            Event event = events.next();
            while (event != null && read(event, response) != Step.END) {
                event = events.next();
            }
            checkEnd(response);
        } catch (IOException | RuntimeException e) {
            call.cancel(); // closing alone would read on for a while
            throw e;
        }
    }

    private Step read(Event event, Response response) {
        ErrorInReply errors = new ErrorInReply(response);
        if (event.name().equals("error")) {
            throw errors.failure(event.data());
        }
        Step step = Step.NONE;
        for (JsonNode json : json(event)) {
            errors.check(json, event.data());
            step = reader.read(event.name(), json);
            if (step == Step.NONE) {
                errors.checkWhatIsNoReply(json, event.data());
            } else {
                parts++;
            }
            progressed();
        }
        return step;
    }

    /** The time that our side takes with a part does not count. */
    private void progressed() {
        if (reader.progress() > told && streamed) {
            idleTimeout.end();
            idleTimeout.begin(vendor.limits().idle());
        }
        told = reader.progress();
    }

    /** What is neither an object nor a list of them is a sign of life. */
    private Iterable<JsonNode> json(Event event) {
        String data = event.data();
        if (data.equals(DONE)) {
            return List.of(MissingNode.getInstance());
        }
        if (!data.startsWith("{") && !data.startsWith("[")) {
            return List.of();
        }
        try {
            JsonNode json = JSON.readTree(data);
            return json.isArray() ? json : List.of(json);
        } catch (JacksonException e) {
            throw new CallFailure(
                    ProviderProblem.PROVIDER_REPLY_MALFORMED,
                    "event %d is not JSON (%s)".formatted(parts + 1, e.getOriginalMessage()));
        }
    }

    private void checkEnd(Response response) {
        boolean whole = !streamed && parts == 1;
        if (reader.isFinished() || whole) {
            return;
        }
        String type = String.valueOf(response.header("Content-Type"));
        boolean another = !streamed || type.matches("(?i)(application/json|text/html)\\b.*");
        if (parts == 0 && another) {
            throw new CallFailure(
                    ProviderProblem.PROVIDER_REPLY_MALFORMED,
                    "there is no %s in the answer, which is %s".formatted(streamed ? "stream" : "reply", type));
        }
        throw told == 0
                ? new CallFailure(ProviderProblem.PROVIDER_REPLY_EMPTY, "the stream ended before its first token")
                : new CallFailure(
                        ProviderProblem.PROVIDER_STREAM_BROKEN,
                        "the stream ended after %d events without its terminator".formatted(parts));
    }

    private RuntimeException failed(Exception thrown) {
        if (idleTimeout.hasTimedOut() && !vendor.wasCancelled()) {
            return told == 0
                    ? new CallFailure(
                            ProviderProblem.PROVIDER_FIRST_TOKEN_TIMED_OUT,
                            "no first token within %d ms"
                                    .formatted(vendor.limits().firstToken().toMillis()))
                    : new CallFailure(
                            ProviderProblem.PROVIDER_STALLED,
                            "the stream fell silent for %d ms after %d events"
                                    .formatted(vendor.limits().idle().toMillis(), parts));
        }
        return vendor.failure(thrown);
    }
}
