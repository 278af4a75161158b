package dev.polyphony.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server in a process of its own. */
final class Child implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int SECONDS_TO_STOP = 20;
    private static final int SERVER_ERROR = 500;

    private final Process process;
    private final int port;
    private final Path log;

    private Child(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    static Child start(ProcessBuilder command, int port, Path log) throws IOException {
        command.redirectErrorStream(true).redirectOutput(log.toFile());
        return new Child(command.start(), port, log);
    }

    /** One of our own programs. */
    static Child program(Class<?> main, int port, Path log, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(
                List.of("-cp", System.getProperty("java.class.path"), main.getName(), String.valueOf(port)));
        all.addAll(List.of(arguments));
        return java(port, log, all);
    }

    /** Every JVM of the benchmark has the flags of this one. */
    static Child java(int port, Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(arguments);
        return start(new ProcessBuilder(command), port, log);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** What it has used so far, on all cores. */
    long processorNanos() {
        return process.info().totalCpuDuration().orElseThrow().toNanos();
    }

    int port() {
        return port;
    }

    /** Waits until it answers, with whatever but an error of its own. */
    Child ready(String path) throws IOException, InterruptedException {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!answers(path)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("did not start: " + Files.readString(log));
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return this;
    }

    private boolean answers(String path) throws InterruptedException {
        try {
            return send(HttpRequest.newBuilder(url(path)).build()) < SERVER_ERROR;
        } catch (IOException _) {
            return false;
        }
    }

    void put(String path) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(url(path))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private static int send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private URI url(String path) {
        return URI.create("http://" + Load.HOST + ":" + port + path);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
