package dev.polyphony.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.util.FileSystemUtils;

/**
 * {@code mvn -Pbench-inbound verify -pl orchestration-app -am -DskipTests} runs it; docs/benchmarks.md has results. Vendor, clients and
 * whoever is asked share the machine; who is not asked just then is idle.
 */
final class InboundBenchmark {
    private static final String KEY = "bench-admin-key-of-at-least-32-characters";
    private static final String OURS = "Polyphony";
    private static final String VERTX = "Vert.x";
    private static final String SPRING = "Spring";
    private static final String PORTKEY = "Portkey";
    private static final int ROUNDS = 5;
    private static final int SECONDS = 3;
    private static final int ROUNDS_OF_THE_SAME = 10;
    private static final int MOST_WARM_UPS = 80;
    private static final double NOT_FASTER = 1.03;

    private final Figures figures;
    private final Load load;
    private final Child vendor;
    private final Map<String, Contender> contenders; // Portkey may be missing

    private InboundBenchmark(Figures figures, Load load, Child vendor, Map<String, Contender> contenders) {
        this.figures = figures;
        this.load = load;
        this.vendor = vendor;
        this.contenders = contenders;
    }

    /** @param arguments where to write, the packaged server, and optionally the one case to run, such as {@code streams-20} */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        Path home = Files.createTempDirectory("polyphony-bench");
        try (Child vendor = Child.program(StubVendor.class, Child.freePort(), directory.resolve("vendor.log"));
                Child ours = server(Path.of(arguments[1]), home, vendor, directory.resolve("server.log"));
                Child bare = Child.program(
                        PassThrough.class,
                        Child.freePort(),
                        directory.resolve("vertx.log"),
                        String.valueOf(vendor.port()));
                Child spring = Child.program(
                        SpringRelay.class,
                        Child.freePort(),
                        directory.resolve("spring.log"),
                        String.valueOf(vendor.port()));
                Child portkey = Portkey.start(directory);
                Load load = new Load()) {
            ours.ready("/ready");
            Map<String, Contender> contenders = new LinkedHashMap<>();
            contenders.put(
                    OURS,
                    new Contender(
                            ours.port(),
                            "/openai/v1/chat/completions",
                            Map.of("Authorization", "Bearer " + KEY),
                            "auto"));
            contenders.put(VERTX, new Contender(bare.ready("/").port(), "/v1/chat/completions", Map.of(), "large"));
            contenders.put(SPRING, new Contender(spring.ready("/").port(), "/v1/chat/completions", Map.of(), "large"));
            if (portkey != null) {
                contenders.put(PORTKEY, Portkey.contender(portkey, vendor));
            }
            new InboundBenchmark(new Figures(directory), load, vendor, contenders)
                    .run(arguments.length > 2 ? arguments[2] : "");
        } finally {
            FileSystemUtils.deleteRecursively(home);
        }
    }

    /** @param only the one case to run; all of them when it is empty */
    private void run(String only) throws IOException, InterruptedException {
        for (int millis : new int[] {0, 20}) {
            for (boolean streamed : new boolean[] {false, true}) {
                if (only.isEmpty() || only.equals((streamed ? "streams-" : "whole-") + millis)) {
                    measure(millis, streamed);
                }
            }
        }
    }

    private static Child server(Path jar, Path home, Child vendor, Path log) throws IOException {
        int port = Child.freePort();
        return Child.java(
                port,
                log,
                List.of(
                        "-jar",
                        jar.toString(),
                        "--server.port=" + port,
                        "--polyphony.api-key=" + KEY,
                        "--polyphony.data-dir=" + home.resolve("data"),
                        "--polyphony.sample=false",
                        "--polyphony.provider-catalogue=false",
                        "--polyphony.http.allowed-private-addresses=" + Load.HOST,
                        "--polyphony.providers.stub.kind=openai",
                        "--polyphony.providers.stub.base-url=http://" + Load.HOST + ":" + vendor.port() + "/v1",
                        "--polyphony.providers.stub.model=large"));
    }

    private void measure(int millis, boolean streamed) throws IOException, InterruptedException {
        vendor.put("/delay/" + millis);
        Map<String, Contender> asked = new LinkedHashMap<>(contenders);
        if (streamed) {
            asked.remove(SPRING);
        }
        for (Contender contender : asked.values()) {
            warmUp(contender, streamed);
        }
        Map<String, double[]> rates = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<String, Contender> each : asked.entrySet()) {
                rates.computeIfAbsent(each.getKey(), _ -> new double[ROUNDS])[round] =
                        load.perSecond(each.getValue(), streamed, SECONDS);
            }
        }
        say("%s, vendor replies after %d ms".formatted(streamed ? "streams" : "whole replies", millis), rates);
    }

    private void say(String what, Map<String, double[]> rates) throws IOException {
        double[] none = new double[0];
        double[] ours = rates.getOrDefault(OURS, none);
        figures.say(OURS + ": " + what, ours, "requests/s");
        for (String other : List.of(VERTX, SPRING, PORTKEY)) {
            double[] theirs = rates.getOrDefault(other, none);
            figures.say(other + ": " + what, theirs, "requests/s");
            figures.say(OURS + " to " + other + ": " + what, ratios(ours, theirs), "ratio");
        }
        figures.say(
                SPRING + " to " + VERTX + ": " + what,
                ratios(rates.getOrDefault(SPRING, none), rates.getOrDefault(VERTX, none)),
                "ratio");
    }

    /** Until it has not become faster for half a minute: on two cores, compiling a large program takes its time, with rests. */
    private void warmUp(Contender contender, boolean streamed) throws InterruptedException {
        double best = 0;
        for (int same = 0, i = 0; same < ROUNDS_OF_THE_SAME && i < MOST_WARM_UPS; i++) {
            double rate = load.perSecond(contender, streamed, SECONDS);
            same = rate > best * NOT_FASTER ? 0 : same + 1;
            best = Math.max(best, rate);
        }
    }

    private static double[] ratios(double[] ours, double[] theirs) {
        return IntStream.range(0, Math.min(ours.length, theirs.length))
                .mapToDouble(i -> ours[i] / theirs[i])
                .toArray();
    }
}
