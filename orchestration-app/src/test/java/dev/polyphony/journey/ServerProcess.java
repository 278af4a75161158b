package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.polyphony.OrchestrationApp;
import dev.polyphony.postgres.ClusterTemplate;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** A server in a process of its own that can be killed; with its own embedded database unless it is told of another. */
final class ServerProcess implements AutoCloseable {
    private static final int START_TIMEOUT = 300;
    private static final int TIMEOUT = 120;
    private static final int LOWEST_PORT = 20_000;
    private static final int LOWEST_PORT_OF_CONNECTIONS = 32_768;

    private final Process process;
    private final String url;
    private final Api api;
    private final Api stranger;

    private ServerProcess(Process process, String url) {
        this.process = process;
        this.url = url;
        this.api = new Api(url, "X-API-Key", ServerTest.KEY);
        this.stranger = new Api(url);
    }

    /** @param settings more of them, as {@code --name=value} */
    static ServerProcess start(Path home, String vendorUrl, String... settings) throws IOException {
        return start(ofTheseClasses(), home, vendorUrl, settings);
    }

    /** @param launcher the command that starts a server, without its settings */
    static ServerProcess start(List<String> launcher, Path home, String vendorUrl, String... settings)
            throws IOException {
        if (bringsItsDatabase(settings) && !Files.exists(data(home))) {
            ClusterTemplate.installIn(data(home));
        }
        int port = freePort();
        Path log = home.resolve("server.log");
        List<String> command = new ArrayList<>(launcher);
        command.addAll(settings(home, vendorUrl, port));
        command.addAll(List.of(settings));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        ServerProcess server = new ServerProcess(process, "http://localhost:" + port);
        try {
            await().atMost(START_TIMEOUT, SECONDS).until(() -> !process.isAlive() || isReady(server.stranger));
        } catch (ConditionTimeoutException late) {
            server.close();
            throw new IllegalStateException(Files.readString(log), late);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(log));
        }
        return server;
    }

    private static boolean bringsItsDatabase(String... settings) {
        return Stream.of(settings).noneMatch(setting -> setting.startsWith("--spring.datasource.url="));
    }

    private static Path data(Path home) {
        return home.resolve("data");
    }

    private static List<String> ofTheseClasses() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-classpath",
                System.getProperty("java.class.path"),
                OrchestrationApp.class.getName());
    }

    private static List<String> settings(Path home, String vendorUrl, int port) {
        return List.of(
                "--server.port=" + port,
                "--polyphony.api-key=" + ServerTest.KEY,
                "--polyphony.data-dir=" + data(home),
                "--polyphony.sample=false",
                "--polyphony.provider-catalogue=false",
                "--polyphony.http.allowed-private-addresses=127.0.0.1",
                "--polyphony.providers.vendor.kind=openai",
                "--polyphony.providers.vendor.base-url=" + vendorUrl,
                "--polyphony.providers.vendor.model=test-model");
    }

    private static boolean isReady(Api api) {
        try {
            return api.get("/ready").status() == 200;
        } catch (RuntimeException _) {
            return false;
        }
    }

    /** Not one of those that the system gives to connections, of which other tests open many until the server listens. */
    private static int freePort() {
        return ThreadLocalRandom.current()
                .ints(LOWEST_PORT, LOWEST_PORT_OF_CONNECTIONS)
                .filter(ServerProcess::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    String url() {
        return url;
    }

    Api api() {
        return api;
    }

    /** Without a key. */
    Api stranger() {
        return stranger;
    }

    /** As {@code kill -9} does: no shutdown hook runs, and the database stays behind. */
    void kill() {
        process.destroyForcibly();
        if (!ends()) {
            throw new IllegalStateException("process %d does not end".formatted(process.pid()));
        }
    }

    /** As SIGTERM does, so that the database is stopped too. */
    @Override
    public void close() {
        process.destroy();
        if (!ends()) {
            kill();
        }
    }

    private boolean ends() {
        try {
            return process.waitFor(TIMEOUT, SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
