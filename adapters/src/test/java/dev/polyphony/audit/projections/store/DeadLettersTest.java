package dev.polyphony.audit.projections.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.polyphony.audit.projections.DeadLetter;
import dev.polyphony.audit.projections.DeadLetters.Retried;
import dev.polyphony.audit.projections.ProjectionProblem;
import dev.polyphony.shared.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLettersTest extends FollowerTest {
    private static final String BROKEN_ROW = "insert into heard values ('broken', null)";
    private static final String DYING_AT_THE_FIRST_COMMIT = """
        create sequence deaths;
        create function die() returns trigger language plpgsql security definer as $$ begin
            if nextval('deaths') = 1 then perform pg_terminate_backend(pg_backend_pid()); end if;
            return null;
        end $$;
        create constraint trigger die after insert on eventstore.dead_letter
            deferrable initially deferred for each row execute function die();
        """;

    @ParameterizedTest
    @ValueSource(ints = {1, BATCH})
    void putsAsideWhatFailsThreeTimesAndWhatFollowsItAndGoesOnWithTheRest(int batchSize) {
        recorded.afterWriting(failingOn("b-1"));
        try (FollowingNode node = new FollowingNode("here", database, batchSize, recorded)) {
            tellThreeStories(node);

            assertThat(RecordingProjection.inOrder(sql))
                    .containsExactlyInAnyOrder("a-0", "a-1", "a-2", "b-0", "c-0", "c-1", "c-2");
            List<DeadLetter> deadLetters = node.deadLetters().list(RecordingProjection.NAME, 0, 10);
            assertThat(deadLetters).extracting(DeadLetter::position).containsExactly(5L, 6L);
            assertThat(deadLetters).extracting(DeadLetter::sequence).containsOnly("b");
            assertThat(deadLetters).extracting(DeadLetter::type).containsOnly("workflow.step.started");
            assertThat(deadLetters).extracting(DeadLetter::tries).containsExactly(3, 0);
            assertThat(deadLetters.getFirst().cause())
                    .matches("23502: null value in column \"position\" .*\\(DeadLettersTest\\.java:\\d+\\)");
            assertThat(deadLetters.getLast().cause()).isNull();
            assertThat(recorded.triesOf("b-1")).isEqualTo(3);
            assertThat(recorded.triesOf("b-2")).isZero();
            assertThat(node.projections().find(RecordingProjection.NAME).deadLetters())
                    .isEqualTo(2);
        }
    }

    static Stream<Throwable> poisons() {
        return Stream.of(
                new IllegalStateException("no such state: a\0b"),
                new StackOverflowError(),
                new NoClassDefFoundError("Gone"),
                new Exception());
    }

    @ParameterizedTest
    @MethodSource("poisons")
    void putsAsideWhateverTheHandlerThrows(Throwable poison) {
        recorded.afterWriting(event -> {
            if (event.equals("b-0")) {
                throwAny(poison);
            }
        });
        try (FollowingNode node = new FollowingNode("here", database, BATCH, recorded)) {
            tellThreeStories(node);

            assertThat(node.deadLetters().list(RecordingProjection.NAME, 0, 10))
                    .extracting(DeadLetter::tries)
                    .containsExactly(3, 0, 0);
            assertThat(node.deadLetters()
                            .list(RecordingProjection.NAME, 0, 1)
                            .getFirst()
                            .cause())
                    .startsWith(poison.getClass().getSimpleName());
        }
    }

    @Test
    void putsAsideEveryPoisonOfABatch() {
        recorded.afterWriting(event -> {
            if (event.endsWith("-1")) {
                sql.execute(BROKEN_ROW);
            }
        });
        try (FollowingNode node = new FollowingNode("here", database, BATCH, recorded)) {
            tellThreeStories(node);

            assertThat(RecordingProjection.inOrder(sql)).containsExactlyInAnyOrder("a-0", "b-0", "c-0");
            assertThat(node.deadLetters().list(RecordingProjection.NAME, 0, 10))
                    .extracting(DeadLetter::tries)
                    .containsExactly(3, 0, 3, 0, 3, 0);
            assertThat(node.deadLetters().list(RecordingProjection.NAME, 6, 10)).hasSize(2);
        }
    }

    @Test
    void neverPutsAsideWhatFailsBecauseTheDatabaseIsGone() {
        AtomicInteger failures = new AtomicInteger();
        recorded.afterWriting(event -> {
            if (event.equals("b-1") && failures.incrementAndGet() <= PerEventRetry.TRIES + 1) {
                sql.execute("select pg_terminate_backend(pg_backend_pid())");
            }
        });
        try (FollowingNode node = new FollowingNode("here", database, BATCH, recorded)) {
            tellThreeStories(node);

            assertThat(failures).hasValueGreaterThan(PerEventRetry.TRIES + 1);
            assertThat(RecordingProjection.inOrder(sql)).hasSize(9);
            assertThat(node.deadLetters().list(RecordingProjection.NAME, 0, 10)).isEmpty();
        }
    }

    @Test
    void showsWhyASegmentStandsStill() {
        recorded.afterWriting(event -> {
            if (event.equals("b-1")) {
                sql.execute("do $$ begin raise exception 'not now' using errcode = '40001'; end $$");
            }
        });
        try (FollowingNode node = new FollowingNode("here", database, BATCH, recorded)) {
            node.happen("b", 0, 3);

            await().atMost(TIMEOUT, SECONDS)
                    .untilAsserted(() -> assertThat(node.projections()
                                    .find(RecordingProjection.NAME)
                                    .segments())
                            .anySatisfy(segment -> {
                                assertThat(segment.error()).startsWith("40001: not now (DeadLettersTest.java:");
                                assertThat(segment.position()).isLessThan(2);
                            }));
            recorded.afterWriting(_ -> {});
            await().atMost(TIMEOUT, SECONDS)
                    .untilAsserted(() -> assertThat(node.projections()
                                    .find(RecordingProjection.NAME)
                                    .segments())
                            .allSatisfy(segment -> assertThat(segment.error()).isNull()));
        }
    }

    @Test
    void forgetsTheLetterWithTheTransactionThatWroteIt() {
        database.ownerSql().execute(DYING_AT_THE_FIRST_COMMIT);
        recorded.afterWriting(failingOn("b-1"));
        try (FollowingNode node = new FollowingNode("here", database, BATCH, recorded)) {
            tellThreeStories(node);

            assertThat(recorded.triesOf("b-1")).isEqualTo(2 * PerEventRetry.TRIES);
            assertThat(node.deadLetters().list(RecordingProjection.NAME, 0, 10))
                    .extracting(DeadLetter::tries)
                    .containsExactly(3, 0);
            assertThat(RecordingProjection.inOrder(sql)).contains("b-0").doesNotContain("b-1", "b-2");
        }
    }

    @Test
    void keepsTheSequenceBlockedOnTheNodeThatTakesOver() {
        recorded.afterWriting(failingOn("b-1"));
        try (FollowingNode first = new FollowingNode("first", database, BATCH, recorded)) {
            tellThreeStories(first);
        }
        recorded.afterWriting(_ -> {});
        try (FollowingNode second = new FollowingNode("second", database, BATCH, recorded)) {
            second.happen("b", 3, 1);
            await().atMost(TIMEOUT, SECONDS).until(() -> second.isCaughtUp(RecordingProjection.NAME));

            assertThat(second.deadLetters().list(RecordingProjection.NAME, 0, 10))
                    .extracting(DeadLetter::position)
                    .containsExactly(5L, 6L, 10L);
        }
    }

    @Test
    void handlesTheWholeSequenceInOrderOnceItsFirstLetterWorks() {
        recorded.afterWriting(failingOn("b-1"));
        try (FollowingNode node = new FollowingNode("here", database, BATCH, recorded)) {
            tellThreeStories(node);
            recorded.afterWriting(_ -> {});

            assertThat(node.deadLetters().retry(RecordingProjection.NAME, 5)).isEqualTo(new Retried(2, 0, null));
            node.happen("b", 3, 1);
            await().atMost(TIMEOUT, SECONDS).until(() -> node.isCaughtUp(RecordingProjection.NAME));

            assertThat(RecordingProjection.inOrder(sql).stream().filter(event -> event.startsWith("b")))
                    .containsExactly("b-0", "b-1", "b-2", "b-3");
            assertThat(node.deadLetters().list(RecordingProjection.NAME, 0, 10)).isEmpty();
        }
    }

    @Test
    void countsARetryThatFailsAndKeepsTheOrder() {
        recorded.afterWriting(failingOn("b-1"));
        try (FollowingNode node = new FollowingNode("here", database, BATCH, recorded)) {
            tellThreeStories(node);
            recorded.afterWriting(_ -> {
                throw new IllegalStateException("still not");
            });

            Retried retried = node.deadLetters().retry(RecordingProjection.NAME, 5);

            List<DeadLetter> deadLetters = node.deadLetters().list(RecordingProjection.NAME, 0, 10);
            assertThat(retried).isEqualTo(new Retried(0, 2, deadLetters.getFirst()));
            assertThat(deadLetters).extracting(DeadLetter::tries).containsExactly(4, 0);
            assertThat(deadLetters.getFirst().cause())
                    .startsWith("IllegalStateException: still not (DeadLettersTest.java:");
            assertThat(RecordingProjection.inOrder(sql)).doesNotContain("b-1", "b-2");
        }
    }

    @Test
    void stopsAtTheNextLetterThatFails() {
        recorded.afterWriting(failingOn("b-1"));
        try (FollowingNode node = new FollowingNode("here", database, BATCH, recorded)) {
            tellThreeStories(node);
            recorded.afterWriting(failingOn("b-2"));

            Retried retried = node.deadLetters().retry(RecordingProjection.NAME, 5);

            assertThat(retried.handled()).isEqualTo(1);
            assertThat(retried.waiting()).isEqualTo(1);
            assertThat(node.deadLetters().list(RecordingProjection.NAME, 0, 10))
                    .containsExactly(retried.failed())
                    .extracting(DeadLetter::tries)
                    .containsExactly(1);
        }
    }

    @Test
    void losesNothingThatHappensWhileASequenceIsRetried() {
        recorded.afterWriting(failingOn("b-0"));
        int more = 300;
        try (FollowingNode node = new FollowingNode("here", database, BATCH, recorded)) {
            tellThreeStories(node);
            recorded.afterWriting(_ -> {});
            Thread writer = Thread.ofVirtual()
                    .start(() -> IntStream.range(0, more).forEach(event -> node.happen("b", 3 + event, 1)));

            await().atMost(TIMEOUT, SECONDS)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        node.deadLetters()
                                .list(RecordingProjection.NAME, 0, 1)
                                .forEach(first -> node.deadLetters().retry(RecordingProjection.NAME, first.position()));
                        return !writer.isAlive() && node.isCaughtUp(RecordingProjection.NAME) && hasNoLetters(node);
                    });

            assertThat(RecordingProjection.inOrder(sql).stream().filter(event -> event.startsWith("b")))
                    .isEqualTo(IntStream.range(0, 3 + more)
                            .mapToObj(event -> "b-" + event)
                            .toList());
        }
    }

    private static boolean hasNoLetters(FollowingNode node) {
        return node.deadLetters().list(RecordingProjection.NAME, 0, 1).isEmpty();
    }

    @Test
    void letsThoseBehindADiscardedLetterBeRetriedWithoutIt() {
        recorded.afterWriting(failingOn("b-1"));
        try (FollowingNode node = new FollowingNode("here", database, BATCH, recorded)) {
            tellThreeStories(node);

            node.deadLetters().discard(RecordingProjection.NAME, 5);
            assertThat(node.deadLetters().retry(RecordingProjection.NAME, 6)).isEqualTo(new Retried(1, 0, null));

            assertThat(RecordingProjection.inOrder(sql)).contains("b-2").doesNotContain("b-1");
            refuses(
                    () -> node.deadLetters().discard(RecordingProjection.NAME, 5),
                    ProjectionProblem.DEAD_LETTER_UNKNOWN);
        }
    }

    @Test
    void refusesWhatItCannotRetry() {
        recorded.afterWriting(failingOn("b-1"));
        try (FollowingNode node = new FollowingNode("here", database, BATCH, recorded)) {
            tellThreeStories(node);

            refuses(
                    () -> node.deadLetters().retry(RecordingProjection.NAME, 6),
                    ProjectionProblem.DEAD_LETTER_NOT_FIRST);
            refuses(() -> node.deadLetters().retry(RecordingProjection.NAME, 1), ProjectionProblem.DEAD_LETTER_UNKNOWN);
            refuses(() -> node.deadLetters().retry("nobody", 5), ProjectionProblem.PROJECTION_UNKNOWN);
            refuses(() -> node.deadLetters().list("nobody", 0, 1), ProjectionProblem.PROJECTION_UNKNOWN);
            refuses(() -> node.deadLetters().discard("nobody", 5), ProjectionProblem.PROJECTION_UNKNOWN);
        }
    }

    /** A node that has seen its segments without letters looks again when it has them back. */
    @Test
    void seesLettersThatAnotherNodePutThereWhileItHeldTheSegments() {
        try (FollowingNode first = new FollowingNode("first", database, BATCH, recorded)) {
            tellThreeStories(first);
            first.processor(RecordingProjection.NAME).shutDown();
            recorded.afterWriting(failingOn("b-3"));
            try (FollowingNode second = new FollowingNode("second", database, BATCH, recorded)) {
                second.happen("b", 3, 1);
                await().atMost(TIMEOUT, SECONDS).until(() -> second.isCaughtUp(RecordingProjection.NAME));
            }
            first.processor(RecordingProjection.NAME).start();
            first.happen("b", 4, 1);
            await().atMost(TIMEOUT, SECONDS).until(() -> first.isCaughtUp(RecordingProjection.NAME));

            assertThat(first.deadLetters().list(RecordingProjection.NAME, 0, 10))
                    .extracting(DeadLetter::tries)
                    .containsExactly(3, 0);
            assertThat(recorded.triesOf("b-4")).isZero();
        }
    }

    private static void tellThreeStories(FollowingNode node) {
        List.of("a", "b", "c").forEach(aggregate -> node.happen(aggregate, 0, 3));
        await().atMost(TIMEOUT, SECONDS).until(() -> node.isCaughtUp(RecordingProjection.NAME));
    }

    /** Fails as a projection does: with a statement that PostgreSQL refuses. */
    private RecordingProjection.Behaviour failingOn(String poison) {
        return event -> {
            if (event.equals(poison)) {
                sql.execute(BROKEN_ROW);
            }
        };
    }

    private static void refuses(Runnable request, ProjectionProblem problem) {
        assertThatThrownBy(request::run)
                .isInstanceOfSatisfying(
                        Rejection.class,
                        rejection -> assertThat(rejection.problem()).isEqualTo(problem));
    }

    private static void throwAny(Throwable failure) throws Exception {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (Exception) failure;
    }
}
