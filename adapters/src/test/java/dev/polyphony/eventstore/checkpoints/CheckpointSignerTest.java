package dev.polyphony.eventstore.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.eventstore.chain.StoredEvent;
import dev.polyphony.eventstore.log.EventExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Gatherers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointSignerTest {
    private static final KeyPair KEYS = Pem.keyPair(Pem.generate());
    private static final int INTERVAL = 10;
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration A_MOMENT = Duration.ofMillis(300);

    private CheckpointFile file = new CheckpointFile(Path.of(""));

    @BeforeEach
    void inAFile(@TempDir Path directory) {
        file = new CheckpointFile(directory.resolve("checkpoints.ndjson"));
    }

    @Test
    void signsWhenTheIntervalIsFullAndWhenItEnds() throws Exception {
        try (CheckpointSigner signer = signer()) {
            signer.written(upTo(9));
            signer.written(upTo(12));
            awaitSigned(12);
            signer.written(upTo(15));
        }

        assertThat(positions()).containsExactly(12L, 15L);
        assertThat(file.read()).allMatch(checkpoint -> checkpoint.isSignedBy(KEYS.getPublic()));
    }

    @Test
    void goesOnWhereItEnded() throws Exception {
        try (CheckpointSigner first = signer()) {
            first.written(upTo(8));
        }
        try (CheckpointSigner second = signer()) {
            second.written(upTo(17));
            second.written(upTo(18));
            awaitSigned(18);
        }

        assertThat(positions()).containsExactly(8L, 18L);
    }

    @Test
    void signsFewEventsWhenTheNewestCheckpointIsOld() throws Exception {
        try (CheckpointSigner signer = signer(A_MOMENT)) {
            signer.written(upTo(1));
            signer.written(upTo(2));
            awaitSigned(2);
            signer.written(upTo(3));
            awaitSigned(3);
        }

        assertThat(positions()).containsExactly(2L, 3L);
        assertThat(agesBetweenCheckpoints()).allMatch(age -> age.compareTo(A_MOMENT) >= 0);
    }

    @Test
    void signsAtOnceWhatComesLongAfterTheNewestCheckpoint() throws Exception {
        try (CheckpointSigner yesterday = signer(A_DAY, Clock.offset(Clock.systemUTC(), A_DAY.negated()))) {
            yesterday.written(upTo(1));
        }
        try (CheckpointSigner today = signer()) {
            today.written(upTo(2));
            awaitSigned(2);
            today.written(upTo(3));
            today.written(upTo(4));
        }

        assertThat(positions()).containsExactly(1L, 2L, 4L);
    }

    @Test
    void signsInTimeAfterTheClockWasSetBack() throws Exception {
        try (CheckpointSigner tomorrow = signer(A_DAY, Clock.offset(Clock.systemUTC(), A_DAY))) {
            tomorrow.written(upTo(1));
        }
        try (CheckpointSigner today = signer()) {
            today.written(upTo(2));
            awaitSigned(2);
        }

        assertThat(positions()).containsExactly(1L, 2L);
    }

    @Test
    void leavesToAnotherNodeOfTheSameFileWhatThatOneHasSigned() throws Exception {
        try (CheckpointSigner one = signer(A_MOMENT);
                CheckpointSigner other = signer(A_MOMENT)) {
            one.written(upTo(1));
            other.written(upTo(2));
            one.written(upTo(3));
            awaitSigned(3);
            one.written(upTo(4));
            other.written(upTo(5));
            awaitSigned(5);
        }

        assertThat(agesBetweenCheckpoints()).allMatch(age -> age.compareTo(A_MOMENT) >= 0);
    }

    @Test
    void endsWithoutACheckpointWhenAnotherNodeHasSignedLaterEvents() throws Exception {
        CheckpointSigner first = signer();
        CheckpointSigner second = signer();
        first.written(upTo(1));
        second.written(upTo(2));

        second.close();
        first.close();

        assertThat(positions()).containsExactly(2L);
    }

    @Test
    void signsNothingWhenNothingWasWritten() throws Exception {
        signer().close();

        assertThat(file.read()).isEmpty();
    }

    @Test
    void signsAHistoryAtOnceThatHasBecomeShorter() throws Exception {
        try (CheckpointSigner before = signer()) {
            before.written(upTo(30));
        }
        try (CheckpointSigner after = signer()) {
            after.written(upTo(21));
            awaitSigned(21);
        }

        assertThat(positions()).containsExactly(21L, 30L);
    }

    @Test
    void writesAfterALineThatACrashHasTorn() throws Exception {
        try (CheckpointSigner first = signer()) {
            first.written(upTo(5));
        }
        Files.writeString(file.path(), "{\"position\":7,\"ha", StandardOpenOption.APPEND);
        try (CheckpointSigner second = signer()) {
            second.written(upTo(8));
        }

        assertThat(positions()).containsExactly(5L, 8L);
    }

    /** Whoever writes events must not feel it. */
    @Test
    void outlivesAFileThatCannotBeWritten(@TempDir Path directory) throws Exception {
        CheckpointFile impossible = new CheckpointFile(directory.resolve("missing/checkpoints.ndjson"));
        try (CheckpointSigner signer =
                new CheckpointSigner(impossible, KEYS.getPrivate(), 1, A_DAY, Clock.systemUTC())) {
            signer.written(upTo(1));
            Files.createDirectory(directory.resolve("missing"));
            signer.written(upTo(2));
        }

        assertThat(impossible.read()).extracting(Checkpoint::position).contains(2L);
    }

    private CheckpointSigner signer() throws IOException {
        return signer(A_DAY);
    }

    private CheckpointSigner signer(Duration maxDelay) throws IOException {
        return signer(maxDelay, Clock.systemUTC());
    }

    private CheckpointSigner signer(Duration maxDelay, Clock clock) throws IOException {
        return new CheckpointSigner(file, KEYS.getPrivate(), INTERVAL, maxDelay, clock);
    }

    private static List<StoredEvent> upTo(long position) {
        return List.of(new StoredEvent(position, EventExamples.event("thing-1", position), new byte[32]));
    }

    private List<Long> positions() throws IOException {
        return file.read().stream().map(Checkpoint::position).toList();
    }

    private List<Duration> agesBetweenCheckpoints() throws IOException {
        return file.read().stream()
                .map(Checkpoint::time)
                .sorted()
                .gather(Gatherers.windowSliding(2))
                .filter(pair -> pair.size() == 2)
                .map(pair -> Duration.between(pair.getFirst(), pair.getLast()))
                .toList();
    }

    private void awaitSigned(long position) {
        await().until(() -> positions().contains(position));
    }
}
