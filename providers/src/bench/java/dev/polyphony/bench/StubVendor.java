package dev.polyphony.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A server on this machine that replies in OpenAI's words, always alike. */
final class StubVendor implements AutoCloseable {
    private static final byte[] REPLY = """
        {"id": "c", "object": "chat.completion", "created": 1, "model": "large-2",
         "usage": {"prompt_tokens": 31, "completion_tokens": 7, "total_tokens": 38},
         "choices": [{"index": 0, "message": {"role": "assistant", "content": "F2 is a security risk. [F2]"},
                      "finish_reason": "stop"}]}\
        """.getBytes(StandardCharsets.UTF_8);
    private static final byte[] DOWN =
            "{\"error\": {\"message\": \"overloaded\", \"type\": \"server_error\"}}".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param waitNanos how long each reply takes */
    StubVendor(int status, long waitNanos) throws IOException {
        byte[] body = status == 200 ? REPLY : DOWN;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            LockSupport.parkNanos(waitNanos);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
