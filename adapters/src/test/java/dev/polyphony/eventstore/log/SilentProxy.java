package dev.polyphony.eventstore.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to a database that can fall silent as a network does whose cable is cut: what is open stays open, and nothing comes through. */
final class SilentProxy implements AutoCloseable {
    private static final int BUFFER = 65_536;

    private final URI database;
    private final ServerSocket entrance;
    private final List<Link> links = new CopyOnWriteArrayList<>();

    SilentProxy(String jdbcUrl) throws IOException {
        this.database = URI.create(jdbcUrl.substring("jdbc:".length()));
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** The database behind this proxy. */
    String jdbcUrl() {
        String here = "127.0.0.1:" + entrance.getLocalPort();
        return "jdbc:" + database.toString().replace(database.getAuthority(), here);
    }

    /** Cuts what is open; new connections come through. */
    void fallSilent() {
        links.forEach(link -> link.silent = true);
    }

    /** Whether somebody has spoken into the silence. */
    boolean hasSwallowed() {
        return links.stream().anyMatch(link -> link.swallowed);
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Link link = new Link(entrance.accept(), new Socket(database.getHost(), database.getPort()));
                links.add(link);
                link.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (Link link : links) {
            link.client.close();
            link.server.close();
        }
    }

    private static final class Link {
        private final Socket client;
        private final Socket server;
        private volatile boolean silent;
        private volatile boolean swallowed;

        private Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void start() {
            Thread.ofVirtual().start(() -> pass(client, server));
            Thread.ofVirtual().start(() -> pass(server, client));
        }

        private void pass(Socket from, Socket to) {
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                int read = in.read(buffer);
                while (read >= 0 && !silent) {
                    out.write(buffer, 0, read);
                    read = in.read(buffer);
                }
                if (silent) {
                    swallowed = read >= 0;
                } else {
                    to.shutdownOutput();
                }
            } catch (IOException cut) {
                silent = true;
            }
        }
    }
}
