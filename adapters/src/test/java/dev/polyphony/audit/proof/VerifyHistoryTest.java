package dev.polyphony.audit.proof;

import static dev.polyphony.audit.PositionRange.ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.polyphony.audit.HistoryProof;
import dev.polyphony.audit.PositionRange;
import dev.polyphony.audit.VerificationResult;
import dev.polyphony.shared.Rejection;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VerifyHistoryTest {
    @TempDir
    private static Path directory;

    private static SignedHistory history;

    @BeforeAll
    static void writeTenEvents() {
        history = SignedHistory.ofTenEvents(directory);
    }

    @AfterAll
    static void close() {
        history.close();
    }

    @Test
    void findsNothingWrongWithWhatWasWritten() {
        VerificationResult all = history.proof.verify(ALL);

        assertThat(all).isEqualTo(new VerificationResult(true, 1, 10, 10, 0, null, null, history.hashOf(10), 2));
        assertThat(history.proof.compareCheckpoints().valid()).isTrue();
        assertThat(history.proof.compareCheckpoints().checkpointsCompared()).isEqualTo(2);
    }

    static Stream<Arguments> changedRows() {
        return Stream.of(
                change("a field of the event", 5, edit("event_id = 'other'")),
                change("a field of the event", 5, edit("type = 'thing.unhappened'")),
                change("a field of the event", 5, edit("revision = 2")),
                change("a field of the event", 5, edit("aggregate_type = 'other'")),
                change("a field of the event", 5, edit("aggregate_id = 'other'")),
                change("a field of the event", 5, edit("sequence = 77")),
                change("a field of the event", 5, edit("tenant = 'other'")),
                change("a field of the event", 5, edit("actor = 'key:bob'")),
                change("a field of the event", 5, edit("correlation_id = 'other'")),
                change("a field of the event", 5, edit("causation_id = 'other'")),
                change("a field of the event", 5, edit("occurred_at = occurred_at + interval '1 microsecond'")),
                change("a field of the event", 5, edit("occurred_at = 'infinity'")),
                change("a field of the event", 5, edit("occurred_at = '294000-01-01'")),
                change("a field of the event", 5, edit("occurred_at = '0044-03-15 BC'")),
                change("a field of the event", 5, edit("occurred_at = '294276-12-31', hash = ''")),
                change("a field of the event", 5, edit("payload = (payload::text || ' ')::json")),
                change("its hash", 5, edit("hash = sha256(hash)")),
                change("its hash", 5, edit("hash = ''")));
    }

    static Stream<Arguments> movedRows() {
        return Stream.of(
                change("its position", 10, "update eventstore.event set position = 11 where position = 10"),
                change("removed", 5, "delete from eventstore.event where position = 5"),
                change("removed, the first", 1, "delete from eventstore.event where position = 1"),
                change("swapped with the next", 5, """
                    update eventstore.event set position = 11 - position - 100 where position in (5, 6);
                    update eventstore.event set position = position + 100 where position < 0
                    """),
                change("inserted", 6, Tampering.insertAt(6)),
                change("inserted after the head", 11, """
                    insert into eventstore.event
                    select 11, 'forged', aggregate_type, 'forged', 0, type, revision, tenant, actor, correlation_id,
                        causation_id, occurred_at, payload, hash from eventstore.event where position = 10
                    """),
                change("inserted after the head, unreadable", 11, """
                    insert into eventstore.event
                    select 11, 'forged', aggregate_type, 'forged', 0, type, revision, tenant, actor, correlation_id,
                        causation_id, 'infinity', payload, hash from eventstore.event where position = 10
                    """),
                change("inserted before the first", 0, """
                    insert into eventstore.event
                    select 0, 'forged', aggregate_type, 'forged', 0, type, revision, tenant, actor, correlation_id,
                        causation_id, occurred_at, payload, hash from eventstore.event where position = 1
                    """),
                change("inserted, with the tail rewritten", 8, Tampering.insertAt(6) + Tampering.rechain(6)));
    }

    static Stream<Arguments> rewrittenHistories() {
        return Stream.of(
                change("rewritten with the tail", 8, edit("actor = 'key:bob'") + ";" + Tampering.rechain(5)),
                change("removed, and the rest moved up", 8, """
                    delete from eventstore.event where position = 5;
                    update eventstore.event set position = -position where position > 5;
                    update eventstore.event set position = -position - 1 where position < 0;
                    """ + Tampering.rechain(5)),
                change(
                        "rewritten with everything",
                        4,
                        "update eventstore.event set actor = 'key:bob';" + Tampering.rechain(1)),
                change("tail removed", 9, "delete from eventstore.event where position > 8"),
                change(
                        "tail removed, and the head moved",
                        7,
                        "delete from eventstore.event where position > 6;" + Tampering.rechain(7)),
                change("everything removed", 1, """
                    truncate eventstore.event;
                    update eventstore.head set position = 0, hash = decode(repeat('00', 32), 'hex')
                    """),
                change("head too low", 9, "update eventstore.head set position = 9"),
                change("head too low, with its hash", 10, """
                    update eventstore.head set position = 9, hash = (select hash from eventstore.event where position = 9)
                    """),
                change("head too high", 11, "update eventstore.head set position = 11"),
                change("hash of the head", 10, "update eventstore.head set hash = sha256(hash)"),
                change("head removed", 10, "delete from eventstore.head"));
    }

    private static Arguments change(String what, long position, String sql) {
        return arguments(what, position, sql);
    }

    private static String edit(String assignment) {
        return "update eventstore.event set " + assignment + " where position = 5";
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource({"changedRows", "movedRows", "rewrittenHistories"})
    void findsWhereItWasTamperedWith(String what, long position, String sql) {
        VerificationResult result = history.afterTampering(sql, proof -> proof.verify(ALL));

        assertThat(result.valid()).as(what).isFalse();
        assertThat(result.firstInvalidPosition()).as(result.reason()).isEqualTo(position);
        assertThat(result.reason()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 3, 0", "4, 4, 1, 1", "5, 8, 4, 2", "9, , 2, 1", "11, , 0, 0", ", 10, 10, 2"})
    void checksAPart(@Nullable Long from, @Nullable Long to, long checked, int checkpoints) {
        VerificationResult result = history.proof.verify(new PositionRange(from, to));

        assertThat(result.valid()).as(result.reason()).isTrue();
        assertThat(result.checked()).isEqualTo(checked);
        assertThat(result.checkpointsCompared()).isEqualTo(checkpoints);
        assertThat(result.lastHash()).isEqualTo(history.hashOf(to == null ? 10 : to));
    }

    @Test
    void looksAtNothingOutsideOfThePart() {
        assertThat(withChangedFifth(1L, 4L).valid()).isTrue();
        assertThat(withChangedFifth(6L, null).valid()).isTrue();
        assertThat(withChangedFifth(4L, 6L).firstInvalidPosition()).isEqualTo(5);
    }

    private static VerificationResult withChangedFifth(@Nullable Long from, @Nullable Long to) {
        return history.afterTampering(edit("actor = 'key:bob'"), proof -> proof.verify(new PositionRange(from, to)));
    }

    @Test
    void needsTheEventBeforeThePart() {
        VerificationResult result = history.afterTampering(
                "delete from eventstore.event where position = 5", proof -> proof.verify(new PositionRange(6L, null)));

        assertThat(result)
                .isEqualTo(new VerificationResult(
                        false, 6, 10, 0, 0, 5L, "event 5 is missing, and event 6 is chained to it", null, 0));
    }

    @ParameterizedTest
    @CsvSource({"12, , from", ", 11, to"})
    void refusesAPartThatTheHistoryDoesNotHave(@Nullable Long from, @Nullable Long to, String parameter) {
        assertThatThrownBy(() -> history.proof.verify(new PositionRange(from, to)))
                .isInstanceOfSatisfying(
                        Rejection.class,
                        rejection ->
                                assertThat(rejection.parameter()).hasFieldOrPropertyWithValue("parameter", parameter))
                .hasMessageContaining("the history ends");
    }

    @ParameterizedTest
    @CsvSource({"0, ", "-1, ", ", 0", "5, 4"})
    void refusesWhatIsNoPart(@Nullable Long from, @Nullable Long to) {
        assertThatThrownBy(() -> new PositionRange(from, to)).isInstanceOf(Rejection.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8 | delete from eventstore.event where position = 8",
                "8 | update eventstore.event set hash = sha256(hash) where position = 8",
                "4 | update eventstore.event set hash = sha256(hash) where position <= 8",
                "7 | delete from eventstore.event where position > 6",
                "1 | truncate eventstore.event"
            })
    void comparesCheckpointsWithoutReadingEverything(long position, String sql) {
        VerificationResult result = history.afterTampering(sql, HistoryProof::compareCheckpoints);

        assertThat(result.firstInvalidPosition()).as(result.reason()).isEqualTo(position);
    }

    /** The writer ends by itself: one that kept pace with the checks would make each of them longer than the one before. */
    @Test
    void answersForTheHeadAtTheStartWhileOthersWrite(@TempDir Path elsewhere) throws Exception {
        try (SignedHistory growing = SignedHistory.empty(elsewhere)) {
            Thread writer = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 300; i++) {
                    growing.append(3);
                }
            });
            do {
                long before = growing.log.head();
                VerificationResult result = growing.proof.verify(ALL);

                assertThat(result.valid()).as(result.reason()).isTrue();
                assertThat(result.checked()).isEqualTo(result.to()).isGreaterThanOrEqualTo(before);
            } while (writer.isAlive());
            writer.join();
            assertThat(growing.proof.verify(ALL).checked()).isEqualTo(900);
        }
    }
}
