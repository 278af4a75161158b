package dev.polyphony.audit.proof;

import static org.awaitility.Awaitility.await;

import dev.polyphony.db.PostgresExtension;
import dev.polyphony.db.TestDatabase;
import dev.polyphony.eventstore.checkpoints.Checkpoint;
import dev.polyphony.eventstore.checkpoints.CheckpointFile;
import dev.polyphony.eventstore.checkpoints.CheckpointSigner;
import dev.polyphony.eventstore.log.EventContent;
import dev.polyphony.eventstore.log.EventExamples;
import dev.polyphony.eventstore.log.EventLog;
import dev.polyphony.eventstore.log.EventPages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.List;

/** A history in a database of its own, with what proves it: ten events, of which the fourth and the eighth are signed. */
final class ProvenHistory implements AutoCloseable {
    static final int EVENTS = 10;
    static final int INTERVAL = 4;
    static final KeyPair KEYS = newKeys();

    final TestDatabase database = PostgresExtension.freshDatabase();
    final EventLog log = new EventLog(database.sql(), database.unpooled());
    final CheckpointFile checkpoints;
    final StoredHistoryProof proof;
    private final CheckpointSigner signer;

    private ProvenHistory(Path directory) {
        checkpoints = new CheckpointFile(directory.resolve("checkpoints.ndjson"));
        proof = new StoredHistoryProof(
                new EventPages(database.sql()), checkpoints, KEYS.getPublic(), Clock.systemUTC());
        try {
            signer = new CheckpointSigner(checkpoints, KEYS.getPrivate(), INTERVAL, Clock.systemUTC());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        log.onWritten(signer::written);
    }

    /** Nothing has happened yet. */
    static ProvenHistory empty(Path directory) {
        return new ProvenHistory(directory);
    }

    static ProvenHistory ofTenEvents(Path directory) {
        ProvenHistory history = new ProvenHistory(directory);
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

    void execute(String sql) {
        database.sql().execute(sql);
    }

    String hashOf(long position) {
        return database.sql()
                .fetchSingle("select encode(hash, 'hex') from eventstore.event where position = ?", position)
                .get(0, String.class);
    }

    static boolean isSigned(Checkpoint checkpoint) {
        return checkpoint.isSignedBy(KEYS.getPublic());
    }

    private static KeyPair newKeys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        log.close();
        signer.close();
        database.close();
    }
}
