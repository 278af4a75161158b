package dev.polyphony.audit.proof;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.polyphony.audit.HistoryProof;
import dev.polyphony.audit.VerificationResult;
import dev.polyphony.eventstore.chain.EventContent;
import dev.polyphony.eventstore.checkpoints.Checkpoint;
import dev.polyphony.eventstore.checkpoints.CheckpointFile;
import dev.polyphony.eventstore.checkpoints.CheckpointSigner;
import dev.polyphony.eventstore.checkpoints.Pem;
import dev.polyphony.eventstore.log.EventExamples;
import dev.polyphony.eventstore.log.EventLog;
import dev.polyphony.eventstore.log.EventPages;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.postgres.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jooq.DSLContext;

/** A history in a database of its own, with what proves it: ten events, of which the fourth and the eighth are signed. */
final class SignedHistory implements AutoCloseable {
    static final int EVENTS = 10;
    static final int INTERVAL = 4;
    static final KeyPair KEYS = Pem.keyPair(Pem.generate());

    final TestDatabase database = PostgresExtension.freshDatabase();
    final EventLog log = new EventLog(database.sql(), database.unpooled());
    final CheckpointFile checkpoints;
    final HistoryProof proof;
    private final CheckpointSigner signer;

    private SignedHistory(Path directory) {
        checkpoints = new CheckpointFile(directory.resolve("checkpoints.ndjson"));
        proof = proofOf(database.sql());
        try {
            signer = new CheckpointSigner(
                    checkpoints, KEYS.getPrivate(), INTERVAL, Duration.ofDays(1), Clock.systemUTC());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        log.onWritten(signer::written);
    }

    /** Nothing has happened yet. */
    static SignedHistory empty(Path directory) {
        return new SignedHistory(directory);
    }

    static SignedHistory ofTenEvents(Path directory) {
        SignedHistory history = new SignedHistory(directory);
        history.append(INTERVAL);
        history.awaitCheckpoint(INTERVAL);
        history.append(INTERVAL);
        history.awaitCheckpoint(2 * INTERVAL);
        history.append(EVENTS - 2 * INTERVAL);
        return history;
    }

    void append(int count) {
        append(EventExamples.events(EventExamples.someAggregate(), count));
    }

    void append(List<EventContent> events) {
        log.append(events);
    }

    void awaitCheckpoint(long position) {
        await().until(() ->
                checkpoints.read().stream().map(Checkpoint::position).anyMatch(signed -> signed == position));
    }

    /** What is found after somebody has changed the tables, who may do everything; afterwards they are as before. */
    VerificationResult afterTampering(String change, Function<HistoryProof, VerificationResult> check) {
        AtomicReference<VerificationResult> found = new AtomicReference<>();
        assertThatThrownBy(() -> database.ownerSql().transaction(transaction -> {
                    transaction.dsl().execute(change);
                    found.set(check.apply(proofOf(transaction.dsl())));
                    throw new RollItBack();
                }))
                .isInstanceOf(RollItBack.class);
        return Objects.requireNonNull(found.get());
    }

    private static final class RollItBack extends RuntimeException {}

    private HistoryProof proofOf(DSLContext sql) {
        return new StoredHistoryProof(new EventPages(sql), checkpoints, KEYS.getPublic(), Clock.systemUTC());
    }

    String hashOf(long position) {
        return database.sql()
                .fetchSingle("select encode(hash, 'hex') from eventstore.event where position = ?", position)
                .get(0, String.class);
    }

    @Override
    public void close() {
        log.close();
        signer.close();
        database.close();
    }
}
