package dev.polyphony.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A vendor in a process of its own that replies in OpenAI's words, always alike. {@code PUT /delay/20} makes it wait 20 ms before
 * each reply.
 */
final class StubVendor {
    private static final String DELAY = "/delay/";
    private static final Buffer WHOLE = Buffer.buffer("""
        {"id":"chatcmpl-c","object":"chat.completion","created":1,"model":"large-2",
         "usage":{"prompt_tokens":31,"completion_tokens":16,"total_tokens":47},
         "choices":[{"index":0,"message":{"role":"assistant","content":"%s","refusal":null},
                     "logprobs":null,"finish_reason":"stop"}]}\
        """.formatted(Load.REPLY));
    private static final Pattern BEFORE_A_SPACE = Pattern.compile("(?= )");
    private static final List<Buffer> PIECES = pieces();

    private final Vertx vertx;
    private int delayMillis;

    private StubVendor(Vertx vertx) {
        this.vertx = vertx;
    }

    /** @param arguments the port */
    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        StubVendor vendor = new StubVendor(vertx);
        vertx.createHttpServer()
                .requestHandler(vendor::hear)
                .listen(Integer.parseInt(arguments[0]), Load.HOST)
                .await();
    }

    private void hear(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.PUT)) {
            delayMillis = Integer.parseInt(request.path().substring(DELAY.length()));
            request.response().end();
        } else {
            request.body().onSuccess(body -> {
                boolean streamed = new JsonObject(body).getBoolean("stream", false);
                if (delayMillis == 0) {
                    reply(request.response(), streamed);
                } else {
                    vertx.setTimer(delayMillis, _ -> reply(request.response(), streamed));
                }
            });
        }
    }

    private static void reply(HttpServerResponse response, boolean streamed) {
        if (streamed) {
            response.setChunked(true).putHeader("Content-Type", "text/event-stream");
            PIECES.forEach(response::write);
            response.end();
        } else {
            response.putHeader("Content-Type", "application/json").end(WHOLE);
        }
    }

    private static List<Buffer> pieces() {
        List<Buffer> pieces = new ArrayList<>();
        pieces.add(piece("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
        for (String word : BEFORE_A_SPACE.splitAsStream(Load.REPLY).toList()) {
            pieces.add(piece("{\"content\":\"" + word + "\"}", "null"));
        }
        pieces.add(piece("{}", "\"stop\""));
        pieces.add(Buffer.buffer("data: [DONE]\n\n"));
        return List.copyOf(pieces);
    }

    private static Buffer piece(String delta, String reason) {
        return Buffer.buffer("""
            data: {"id":"chatcmpl-c","object":"chat.completion.chunk","created":1,"model":"large-2",\
            "choices":[{"index":0,"delta":%s,"logprobs":null,"finish_reason":%s}]}

            """.formatted(delta, reason));
    }
}
