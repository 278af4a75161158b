package dev.polyphony.audit.projections.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.polyphony.audit.projections.DeadLetter;
import dev.polyphony.eventstore.BatchedWrites;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On batches that PostgreSQL gets at their end. */
class BatchedWritesTest extends FollowerTest {
    private static final String INSERT = "insert into noted (story, event) values (?, ?)";
    private static final String DELETE = "delete from noted where story = ?";

    @BeforeEach
    void createAnotherTable() {
        database.ownerSql()
                .execute("create table noted (story text primary key, event text not null);"
                        + " grant all on noted to public");
    }

    /** Were one of them sent out of turn, it would find the row of another, or not find it. */
    @Test
    void writesInTheOrderInWhichTheHandlersSaidIt() {
        recorded.afterWriting(event -> {
            BatchedWrites.add(sql.query(DELETE, story(event)));
            BatchedWrites.add(sql.query(INSERT, story(event), event));
        });
        try (FollowingNode node = new FollowingNode("here", database, BATCH, recorded)) {
            IntStream.range(0, 20).forEach(story -> node.happen("s" + story, 0, 5));
            await().atMost(TIMEOUT, SECONDS).until(() -> node.isCaughtUp(RecordingProjection.NAME));

            assertThat(node.deadLetters().list(RecordingProjection.NAME, 0, 10)).isEmpty();
            assertThat(sql.fetch("select event from noted").getValues(0, String.class))
                    .containsExactlyInAnyOrder(IntStream.range(0, 20)
                            .mapToObj(story -> "s" + story + "-4")
                            .toArray(String[]::new));
        }
    }

    @Test
    void waitsForTheEndOfABatchOfSeveralEvents() {
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        recorded.afterWriting(event -> {
            BatchedWrites.add(sql.query(INSERT, event, event));
            seen.add(sql.fetchCount(sql.selectFrom("noted")));
        });
        try (FollowingNode node = new FollowingNode("here", database, BATCH, recorded)) {
            node.happen("story", 0, 50);
            await().atMost(TIMEOUT, SECONDS).until(() -> node.isCaughtUp(RecordingProjection.NAME));

            assertThat(seen).hasSizeLessThan(50);
            assertThat(sql.fetchCount(sql.selectFrom("noted"))).isEqualTo(50);
        }
    }

    @Test
    void findsOutWhoIsToBlameWhenABatchCannotBeWritten() {
        recorded.afterWriting(event -> BatchedWrites.add(sql.query(INSERT, event, event.equals("b-1") ? null : event)));
        try (FollowingNode node = new FollowingNode("here", database, BATCH, recorded)) {
            node.happen("a", 0, 3);
            node.happen("b", 0, 3);
            node.happen("c", 0, 3);
            await().atMost(TIMEOUT, SECONDS).until(() -> node.isCaughtUp(RecordingProjection.NAME));

            assertThat(sql.fetch("select event from noted").getValues(0, String.class))
                    .containsExactlyInAnyOrder("a-0", "a-1", "a-2", "b-0", "c-0", "c-1", "c-2");
            assertThat(node.deadLetters().list(RecordingProjection.NAME, 0, 10))
                    .extracting(DeadLetter::position, DeadLetter::tries)
                    .containsExactly(tuple(5L, 3), tuple(6L, 0));
            assertThat(node.deadLetters()
                            .list(RecordingProjection.NAME, 0, 1)
                            .getFirst()
                            .cause())
                    .matches("23502: null value in column \"event\" .*\\(BatchedWritesTest\\.java:\\d+\\)");
            assertThat(recorded.triesOf("b-1")).isEqualTo(3);
        }
    }

    private static String story(String event) {
        return event.substring(0, event.indexOf('-'));
    }
}
