package dev.polyphony.bench;

import java.nio.file.Path;

/** {@code mvn -Pbench verify -pl adapters -am -DskipTests} runs it; docs/benchmarks.md has results. */
final class HistoryBenchmark {
    private HistoryBenchmark() {}

    /** @param arguments where to write, and optionally the name of the one benchmark to run */
    public static void main(String[] arguments) throws Exception {
        Figures figures = new Figures(Path.of(arguments[0]));
        String only = arguments.length > 1 ? arguments[1] : "";
        try (Server server = new Server()) {
            if (only.isEmpty() || only.equals("append")) {
                new AppendBenchmark(server, figures).run();
            }
        }
    }
}
