package dev.polyphony.bench;

import dev.polyphony.eventstore.log.EventLog;
import dev.polyphony.postgres.Login;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;

/** A fresh process that hears a whole history again and again: cold at first, and warm once it does not get faster any more. */
final class ReplayProcess {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int PASSES_OF_THE_SAME = 2;
    private static final double NOT_FASTER = 1.03;
    private static final String ROLE = "POLYPHONY_BENCH_ROLE";
    private static final String PASSWORD = "POLYPHONY_BENCH_PASSWORD";

    private ReplayProcess() {}

    /** Events a second of the first pass, and of the last one. */
    record Passes(double cold, double warm) {}

    static Passes run(Database database) throws IOException, InterruptedException {
        Path result = Files.createTempFile("polyphony-replay", ".txt");
        try {
            ProcessBuilder process = new ProcessBuilder(command(database.jdbcUrl(), result.toString())).inheritIO();
            Map<String, String> environment = process.environment();
            environment.put(ROLE, database.login().role());
            environment.put(PASSWORD, database.login().password());
            int status = process.start().waitFor();
            if (status != 0) {
                throw new IllegalStateException("the process that replays ended with status " + status);
            }
            List<String> passes = Files.readAllLines(result);
            return new Passes(Double.parseDouble(passes.get(0)), Double.parseDouble(passes.get(1)));
        } finally {
            Files.delete(result);
        }
    }

    /** With the flags of this JVM. */
    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ReplayProcess.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** @param arguments the JDBC URL, and the file that takes both results */
    public static void main(String[] arguments) throws Exception {
        Login login = new Login(System.getenv(ROLE), System.getenv(PASSWORD));
        try (Node node = new Node(new Database(arguments[0], login), Tally.class)) {
            Tally tally = node.part(Tally.class);
            int events = (int) node.part(EventLog.class).head();
            tally.expect(events);
            double cold = perSecond(events, tally, node::start);
            PooledStreamingEventProcessor processor = node.processor(Tally.NAME);
            double warm = 0;
            double fastest = cold;
            for (int same = 0; same < PASSES_OF_THE_SAME; ) {
                processor.shutDown();
                processor.resetTokens();
                tally.expect(events);
                warm = perSecond(events, tally, processor::start);
                same = warm > fastest * NOT_FASTER ? 0 : same + 1;
                fastest = Math.max(warm, fastest);
            }
            processor.shutDown();
            processor.resetTokens();
            Files.write(Path.of(arguments[1]), List.of(String.valueOf(cold), String.valueOf(warm)));
        }
    }

    private static double perSecond(int events, Tally tally, Runnable start) throws InterruptedException {
        long from = System.nanoTime();
        start.run();
        tally.await(TIMEOUT);
        return events * 1e9 / (System.nanoTime() - from);
    }
}
