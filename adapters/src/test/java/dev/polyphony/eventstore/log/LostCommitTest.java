package dev.polyphony.eventstore.log;

import static dev.polyphony.eventstore.log.EventExamples.events;
import static dev.polyphony.eventstore.log.EventExamples.someAggregate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.polyphony.eventstore.chain.StoredEvent;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.postgres.TestDatabase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connection is lost in the middle of a commit: what has become of the events is found out by their ids. */
@ExtendWith(PostgresExtension.class)
class LostCommitTest {
    private final FaultyConnections connections;
    private final EventLog log;
    private final EventLog otherNode;
    private final String thing = someAggregate();

    LostCommitTest(TestDatabase database) {
        this.connections = new FaultyConnections(database.unpooled());
        this.log = new EventLog(database.sql(), connections);
        this.otherNode = new EventLog(database.sql(), database.unpooled());
    }

    @AfterEach
    void close() {
        log.close();
        otherNode.close();
    }

    /** With one before, the writer writes it; with five, its caller, who is alone. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void isSeenToHaveHappenedThoughItsAnswerWasLost(int before) {
        appendOneByOne(before);
        connections.loseTheNextAnswer();

        long position = log.append(events(thing, 2));

        assertThat(connections.hasLost()).isTrue();
        assertThat(positions()).containsExactly(position - 1, position);
    }

    @Test
    void isSeenToHaveHappenedUnderTheLockToo() {
        connections.loseTheAnswerOfTheNextCommit();

        long position = log.append(events(thing, 2));

        assertThat(connections.hasLost()).isTrue();
        assertThat(positions()).containsExactly(position - 1, position);
    }

    @Test
    void isDoneAgainWhenItDidNotHappen() {
        connections.loseTheNextCommit();

        long position = log.append(events(thing, 2));

        assertThat(connections.hasLost()).isTrue();
        assertThat(positions()).containsExactly(position - 1, position);
    }

    @Test
    void isALostRaceWhenItDidNotHappenAndSomebodyElseWasQuicker() {
        connections.loseTheNextCommit();
        connections.stayAwayAfterTheNextLoss();
        CompletableFuture<Long> late =
                CompletableFuture.supplyAsync(() -> log.append(events(thing, 1)), Thread.ofVirtual()::start);
        await().until(connections::isRefusing);

        long position = otherNode.append(events(thing, 1));
        connections.refuse(false);

        assertThatThrownBy(late::join).cause().isInstanceOf(SequenceConflict.class);
        assertThat(positions()).containsExactly(position);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void isNotKnownToAnybodyWhileTheDatabaseStaysAway(int before) {
        appendOneByOne(before);
        connections.loseTheNextAnswer();
        connections.stayAwayAfterTheNextLoss();

        assertThatThrownBy(() -> log.append(events(thing, 1)))
                .asInstanceOf(type(LogUnavailable.class))
                .returns(false, LogUnavailable::isNothingWritten);

        connections.refuse(false);
        long next = log.append(events(someAggregate(), 1));
        assertThat(positions()).containsExactly(next - 1);
    }

    private void appendOneByOne(int count) {
        for (int i = 0; i < count; i++) {
            log.append(events(someAggregate(), 1));
        }
    }

    private List<Long> positions() {
        return log.ofAggregate(thing, 0, 10).stream().map(StoredEvent::position).toList();
    }
}
