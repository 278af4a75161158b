package dev.polyphony.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code mvn -Pbench verify -pl adapters -am -DskipTests} runs it; docs/benchmarks.md has results. */
final class HistoryBenchmark {
    private HistoryBenchmark() {}

    /** @param arguments where to write, and optionally the name of the one benchmark to run */
    public static void main(String[] arguments) throws Exception {
        Map<String, Benchmark> all = new LinkedHashMap<>();
        all.put("append", figures -> new AppendBenchmark(figures).run());
        all.put("lag", figures -> new LagBenchmark(figures).run());
        all.put("replay", figures -> new ReplayBenchmark(figures).run());
        all.put("snapshot", figures -> new SnapshotBenchmark(figures).run());
        if (arguments.length > 1) {
            all.keySet().retainAll(Set.of(arguments[1]));
        }
        for (Map.Entry<String, Benchmark> each : all.entrySet()) {
            each.getValue().run(new Figures(Path.of(arguments[0]), each.getKey()));
        }
    }

    @FunctionalInterface
    private interface Benchmark {
        void run(Figures figures) throws Exception;
    }
}
