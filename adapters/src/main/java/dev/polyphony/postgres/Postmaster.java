package dev.polyphony.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running PostgreSQL of one cluster directory, found by the process id that it leaves there. */
final class Postmaster {
    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    private static final Duration FAST = Duration.ofSeconds(30);
    private static final Duration IMMEDIATE = Duration.ofSeconds(10);
    private static final int POLL_MILLIS = 20;

    private final Path cluster;
    private final ProcessHandle process;

    private Postmaster(Path cluster, ProcessHandle process) {
        this.cluster = cluster;
        this.process = process;
    }

    /** Ends what runs on the directory and clears away the process id of what no longer does. */
    static void clear(Path cluster) throws IOException {
        Optional<Postmaster> running = of(cluster);
        if (running.isPresent()) {
            LOG.warn("Stopping the PostgreSQL that an earlier server left running on {}.", cluster);
            running.get().stop();
        }
        // PostgreSQL refuses to start while the process id of its last run belongs to any living program.
        Files.deleteIfExists(pidFile(cluster));
    }

    /**
     * Clears away the process id when it belongs to another living program by now, which PostgreSQL would take for its server. Otherwise
     * it stays: by what else is in that file a new server finds out whether processes of the last one still use its memory.
     */
    static void forgetReusedProcessId(Path cluster) throws IOException {
        boolean alive = pid(cluster).flatMap(ProcessHandle::of).isPresent();
        if (alive && of(cluster).isEmpty()) {
            Files.deleteIfExists(pidFile(cluster));
        }
    }

    static Optional<Postmaster> of(Path cluster) throws IOException {
        return pid(cluster)
                .flatMap(ProcessHandle::of)
                .map(process -> new Postmaster(cluster, process))
                .filter(Postmaster::runs);
    }

    private static Optional<Long> pid(Path cluster) throws IOException {
        Path file = pidFile(cluster);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Files.readString(file)
                .lines()
                .findFirst()
                .map(String::strip)
                .filter(line -> line.matches("\\d{1,18}"))
                .map(Long::valueOf);
    }

    private static Path pidFile(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    /** Process ids are used again, so the program and its directory have to match. A dead process that nobody has reaped has no program. */
    private boolean runs() {
        ProcessHandle.Info info = process.info();
        return info.command().filter(Postmaster::isPostgres).isPresent()
                && info.arguments().map(List::of).filter(this::namesCluster).isPresent();
    }

    private static boolean isPostgres(String command) {
        return Path.of(command).getFileName().toString().startsWith("postgres");
    }

    private boolean namesCluster(List<String> arguments) {
        int option = arguments.indexOf("-D");
        return option >= 0
                && option + 1 < arguments.size()
                && Path.of(arguments.get(option + 1)).equals(cluster);
    }

    /** Returns when the process is gone: fast shutdown first, then immediate, then the end that nobody can refuse. */
    void stop() throws IOException {
        signal("INT");
        if (endsWithin(FAST)) {
            return;
        }
        LOG.warn("PostgreSQL {} did not stop within {}: stopping it at once.", process.pid(), FAST);
        signal("QUIT");
        if (endsWithin(IMMEDIATE)) {
            return;
        }
        process.destroyForcibly();
        if (!endsWithin(IMMEDIATE)) {
            throw new DatabaseNotStarted(
                    "PostgreSQL (process %d) on %s does not end".formatted(process.pid(), cluster),
                    "end it by hand.",
                    null);
        }
    }

    private void signal(String name) throws IOException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        if (!Programs.endsWithin(kill, IMMEDIATE)) {
            kill.destroyForcibly();
            throw new IOException("kill does not end");
        }
    }

    private boolean endsWithin(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (runs() && System.nanoTime() < deadline) {
            process.onExit()
                    .completeOnTimeout(process, POLL_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }
        return !runs();
    }
}
