package dev.polyphony.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.util.function.Function;

/** How many commands a second become durable, against inserts that do nothing else, in the same run. */
record AppendBenchmark(Figures figures) {
    private static final int ROUNDS = 3;
    private static final int POOL = 24;

    /** For each contender, alone. */
    private static final int WARM_UP_PASSES = 4;

    void run() throws Exception {
        try (Server server = new Server();
                Node node = new Node(server.application());
                Contender ours = Commands.onOurStore(node);
                HikariDataSource axonsConnections = server.owner().pool(POOL);
                Contender axons = Commands.onAxonsEngine(axonsConnections);
                Contender raw = new RawInserts(server.owner(), POOL)) {
            Contender[] all = {raw, ours, axons};
            warmUp(all);
            measure("1 thread, new aggregates", "0.6", all, each -> Load.platform(1, each.creations()));
            measure("64 threads, new aggregates", "1.2", all, each -> Load.platform(64, each.creations()));
            measure("64 threads, cached aggregates", "1.2", all, each -> Load.platform(64, each.changes(64)));
            measure("256 virtual threads, new aggregates", "2", all, each -> Load.virtual(256, each.creations()));
        }
    }

    /** The compiler of a JVM takes longer than a case does; the first would pay for all. */
    private static void warmUp(Contender... all) throws InterruptedException {
        for (Contender each : all) {
            for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
                Load.platform(1, each.creations()).perSecond();
            }
        }
    }

    private void measure(String name, String promised, Contender[] all, Function<Contender, Load> load)
            throws InterruptedException {
        double[] toRaw = new double[ROUNDS];
        double[] toAxon = new double[ROUNDS];
        double[] commands = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            double raw = load.apply(all[0]).perSecond();
            commands[round] = load.apply(all[1]).perSecond();
            toRaw[round] = commands[round] / raw;
            toAxon[round] = commands[round] / load.apply(all[2]).perSecond();
        }
        figures.say(name + ": to raw inserts", toRaw, "ratio", "at least " + promised);
        figures.say(name + ": to Axon's JDBC engine", toAxon, "ratio", "");
        figures.say(name, commands, "commands/s", "");
    }
}
