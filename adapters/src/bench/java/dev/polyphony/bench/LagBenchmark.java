package dev.polyphony.bench;

import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.ApiKeyQueries;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.TenantId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;

/** How long who has written waits until what it reads shows that, as every request of the server does, at a thousand events a second. */
record LagBenchmark(Figures figures) {
    private static final int ROUNDS = 5;
    private static final Pace WARM_UP = new Pace(1_000, Duration.ofSeconds(90));
    private static final Pace MEASURED = new Pace(1_000, Duration.ofSeconds(10));

    private static final int WATCHED = 10;
    private static final long LOST_NANOS = 30_000_000_000L;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double HALF = 0.5;
    private static final double NEARLY_ALL = 0.99;
    private static final MetaData PROVENANCE = MessageOrigin.ofServer("bench").metaData();

    void run() throws Exception {
        try (Server server = new Server();
                Node node = new Node(server.application(), ApiKeyQueries.class)) {
            node.start();
            round(node, WARM_UP);
            Round[] rounds = new Round[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                rounds[i] = round(node, MEASURED);
            }
            say("lag, half of all", rounds, round -> millis(round.sinceStored(), HALF), "ms", "at most 2");
            say("lag, 99 of 100", rounds, round -> millis(round.sinceStored(), NEARLY_ALL), "ms", "at most 15");
            say("since the command was sent, half of all", rounds, round -> millis(round.sinceSent(), HALF), "ms", "");
            say(
                    "since the command was sent, 99 of 100",
                    rounds,
                    round -> millis(round.sinceSent(), NEARLY_ALL),
                    "ms",
                    "");
            say("events stored meanwhile", rounds, Round::perSecond, "events/s", "");
        }
    }

    private void say(String name, Round[] rounds, ToDoubleFunction<Round> value, String unit, String promised) {
        figures.say(name, Arrays.stream(rounds).mapToDouble(value).toArray(), unit, promised);
    }

    private static double millis(long[] nanos, double share) {
        return Figures.percentile(nanos, share) / NANOS_PER_MILLI;
    }

    @SuppressWarnings("ArrayRecordComponent") // measurements, which nobody compares
    private record Round(long[] sinceSent, long[] sinceStored, double perSecond) {}

    private static Round round(Node node, Pace pace) throws InterruptedException, ExecutionException {
        CommandGateway commands = node.axon().commandGateway();
        ApiKeyQueries keys = node.part(ApiKeyQueries.class);
        SecureRandom random = new SecureRandom();
        long[] sinceSent = new long[pace.pieces() / WATCHED];
        long[] sinceStored = new long[sinceSent.length];
        double perSecond = pace.run(piece -> {
            ApiKeyId id = ApiKeyId.random(random);
            NewKey.Issue command = new NewKey.Issue(id);
            ReadYourWrites.during(new AtomicLong(), () -> {
                long sent = System.nanoTime();
                commands.sendAndWait(command, PROVENANCE);
                long stored = System.nanoTime();
                if (piece % WATCHED == 0) {
                    long seen = seen(keys, id, stored);
                    sinceSent[piece / WATCHED] = seen - sent;
                    sinceStored[piece / WATCHED] = seen - stored;
                }
            });
        });
        return new Round(sinceSent, sinceStored, perSecond);
    }

    /** A read waits by itself, and for 2 s at most. */
    private static long seen(ApiKeyQueries keys, ApiKeyId id, long stored) {
        while (keys.find(TenantId.DEFAULT, id).isEmpty()) {
            if (System.nanoTime() - stored > LOST_NANOS) {
                throw new IllegalStateException("a row did not appear within " + LOST_NANOS / 1_000_000_000 + " s");
            }
        }
        return System.nanoTime();
    }
}
