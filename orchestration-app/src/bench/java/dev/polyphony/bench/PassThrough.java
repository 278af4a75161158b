package dev.polyphony.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.parsetools.RecordParser;

/**
 * The least that a gateway on the JVM can do, in a process of its own: reads JSON and writes it again on both ways, each event of a
 * stream too. It knows no keys, checks nothing and never asks a second vendor.
 */
final class PassThrough extends AbstractVerticle {
    private static final String DATA = "data: ";
    private static final int CONNECTIONS = 64;

    private final int port;
    private final int vendorPort;
    private final HttpClient client;

    private PassThrough(int port, int vendorPort, HttpClient client) {
        this.port = port;
        this.vendorPort = vendorPort;
        this.client = client;
    }

    /** @param arguments its port, and that of the vendor */
    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        int port = Integer.parseInt(arguments[0]);
        int vendorPort = Integer.parseInt(arguments[1]);
        HttpClient client =
                vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        int loops = Runtime.getRuntime().availableProcessors();
        vertx.deployVerticle(
                        () -> new PassThrough(port, vendorPort, client), new DeploymentOptions().setInstances(loops))
                .await();
    }

    @Override
    public void start() {
        vertx.createHttpServer().requestHandler(this::hear).listen(port, Load.HOST);
    }

    private void hear(HttpServerRequest request) {
        request.body()
                .compose(body -> {
                    Buffer question = new JsonObject(body).toBuffer();
                    return client.request(HttpMethod.POST, vendorPort, Load.HOST, "/v1/chat/completions")
                            .compose(call -> call.putHeader("Content-Type", "application/json")
                                    .send(question));
                })
                .compose(reply -> answer(reply, request.response()))
                .onFailure(_ -> request.response().setStatusCode(400).end());
    }

    private static Future<Void> answer(HttpClientResponse reply, HttpServerResponse response) {
        String type = reply.getHeader("Content-Type");
        response.putHeader("Content-Type", type);
        if (!type.startsWith("text/event-stream")) {
            return reply.body().compose(body -> response.end(new JsonObject(body).toBuffer()));
        }
        response.setChunked(true);
        RecordParser.newDelimited("\n\n", reply)
                .handler(event -> response.write(again(event.toString())))
                .endHandler(_ -> response.end());
        return Future.succeededFuture();
    }

    private static String again(String event) {
        String data = event.substring(DATA.length());
        return DATA + (data.startsWith("{") ? new JsonObject(data).encode() : data) + "\n\n";
    }
}
