package dev.polyphony.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** A vendor that takes every call, never answers or begins to and then thinks aloud, as it is told, and notes when its caller hangs up. */
final class SilentVendor {
    private static final int TIMEOUT = 30;
    private static final int THINKING = 50;
    private static final int MOST_PIECES = 100_000;
    private static final byte[] HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n".getBytes(UTF_8);
    private static final byte[] PIECE = piece("content", "and so on ");
    private static final byte[] THOUGHT = piece("reasoning_content", "hm");

    private final ServerSocket server;
    private final Semaphore called = new Semaphore(0);
    private final Semaphore gone = new Semaphore(0);
    private final Semaphore pieces = new Semaphore(0);
    private volatile boolean talks;

    private static byte[] piece(String field, String text) {
        return """
            data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"test-model",\
            "choices":[{"index":0,"delta":{"%s":"%s"}}]}

            """.formatted(field, text).getBytes(UTF_8);
    }

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
                Thread.ofVirtual().start(() -> talk(caller));
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

    private void talk(Socket caller) {
        if (!talks) {
            return;
        }
        try {
            OutputStream out = caller.getOutputStream();
            out.write(HEAD);
            out.write(PIECE);
            while (!pieces.tryAcquire(THINKING, MILLISECONDS)) {
                out.write(THOUGHT);
            }
            for (int i = 0; i < MOST_PIECES; i++) {
                out.write(PIECE);
            }
        } catch (IOException | InterruptedException _) {
            return;
        }
    }

    /** Whether it answers with one piece, and goes on when {@link #goesOn} is called. */
    void talks(boolean whether) {
        talks = whether;
        pieces.drainPermits();
    }

    void goesOn() {
        pieces.release();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
    }

    boolean wasCalled() throws InterruptedException {
        return called.tryAcquire(TIMEOUT, SECONDS);
    }

    boolean sawItsCallerGo() throws InterruptedException {
        return gone.tryAcquire(TIMEOUT, SECONDS);
    }

    boolean sawItsCallerGoWithin(Duration time) throws InterruptedException {
        return gone.tryAcquire(time.toMillis(), MILLISECONDS);
    }
}
