package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Semaphore;

/** A vendor that takes every call, never answers, and notes when its caller hangs up. */
final class SilentVendor {
    private static final int PATIENCE = 30;

    private final ServerSocket server;
    private final Semaphore called = new Semaphore(0);
    private final Semaphore gone = new Semaphore(0);

    SilentVendor() {
        try {
            server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                Thread.ofVirtual().start(() -> listen(caller));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void listen(Socket caller) {
        try (caller;
                InputStream in = caller.getInputStream()) {
            int next = in.read();
            if (next >= 0) {
                called.release();
            }
            while (next >= 0) {
                next = in.read();
            }
        } catch (IOException _) {
            // a reset is a way to hang up too
        } finally {
            gone.release();
        }
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
    }

    boolean wasCalled() throws InterruptedException {
        return called.tryAcquire(PATIENCE, SECONDS);
    }

    boolean sawItsCallerGo() throws InterruptedException {
        return gone.tryAcquire(PATIENCE, SECONDS);
    }
}
