package dev.polyphony.inspection.tree.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/** Serves one repository by git's smart HTTP protocol, as git's own servers do. */
final class GitServer implements AutoCloseable {
    private static final String TYPE = "application/x-git-upload-pack-";

    /** What a client asked for, to look at later. */
    record Seen(String path, List<String> headers) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private volatile @Nullable String demanded;

    GitServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    GitServer serve(String path, Repository repository) {
        server.createContext(
                path + "/info/refs",
                exchange -> answer(exchange, "advertisement", out -> {
                    PacketLineOut lines = new PacketLineOut(out);
                    lines.writeString("# service=git-upload-pack\n");
                    lines.end();
                    uploadPack(exchange, repository).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
                }));
        server.createContext(
                path + "/git-upload-pack",
                exchange -> answer(
                        exchange,
                        "result",
                        out -> uploadPack(exchange, repository).upload(requestBody(exchange), out, null)));
        return this;
    }

    GitServer redirect(String path, String target) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Location", target);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        return this;
    }

    GitServer page(String path, int status, String text) {
        server.createContext(path, exchange -> {
            byte[] body = text.getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        return this;
    }

    /** Answers with these bytes, whatever is asked. */
    GitServer answers(String path, String kind, byte[] body) {
        server.createContext(path, exchange -> answer(exchange, kind, out -> out.write(body)));
        return this;
    }

    /** What came in the Authorization header, by path, in order. */
    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** Serves to nobody without this header. */
    GitServer demand(String header) {
        demanded = header;
        return this;
    }

    /** Claims to be a repository and never stops talking. */
    GitServer endless(String path) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Content-Type", TYPE + "advertisement");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write("001e# service=git-upload-pack\n0000".getBytes(UTF_8));
                for (long i = 1; ; i++) {
                    out.write("0043%040d refs/heads/b%09d\n".formatted(i, i).getBytes(UTF_8));
                }
            }
        });
        return this;
    }

    private interface Answer {
        void writeTo(OutputStream out) throws IOException;
    }

    private void answer(HttpExchange exchange, String kind, Answer answer) throws IOException {
        List<String> headers = List.copyOf(exchange.getRequestHeaders().keySet());
        seen.add(new Seen(exchange.getRequestURI().getPath(), headers));
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        authorizations.add(authorization);
        if (demanded != null && !demanded.equals(authorization)) {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
            return;
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        answer.writeTo(body);
        exchange.getResponseHeaders().add("Content-Type", TYPE + kind);
        exchange.sendResponseHeaders(200, body.size());
        try (OutputStream out = exchange.getResponseBody()) {
            body.writeTo(out);
        }
    }

    private static UploadPack uploadPack(HttpExchange exchange, Repository repository) {
        UploadPack pack = new UploadPack(repository);
        pack.setBiDirectionalPipe(false);
        String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
        if (protocol != null) {
            pack.setExtraParameters(List.of(protocol.split(":", -1)));
        }
        return pack;
    }

    private static InputStream requestBody(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
