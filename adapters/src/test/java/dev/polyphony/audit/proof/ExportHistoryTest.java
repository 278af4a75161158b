package dev.polyphony.audit.proof;

import static dev.polyphony.audit.PositionRange.ALL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.polyphony.audit.PositionRange;
import dev.polyphony.audit.VerificationResult;
import dev.polyphony.eventstore.checkpoints.Checkpoint;
import dev.polyphony.eventstore.checkpoints.Pem;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
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
import org.junit.jupiter.params.provider.ValueSource;

class ExportHistoryTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId OTHER = new TenantId("other");

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
    void isVerifiedElsewhere() throws Exception {
        assertThat(verify(export(ALL, ACME)))
                .isEqualTo(new VerificationResult(true, 1, 10, 10, 0, null, null, history.hashOf(10), 2));
    }

    @Test
    void withholdsWhatOthersDidAndStillProvesIt() throws Exception {
        String export = export(ALL, OTHER);

        assertThat(export).doesNotContain("acme", "key:ann", "payload");
        assertThat(verify(export))
                .isEqualTo(new VerificationResult(true, 1, 10, 10, 10, null, null, history.hashOf(10), 2));
    }

    /** The chain holds, so only their number tells. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "5", "10", "4 8", "9 10", "1 2 3 4 5 6 7 8 9 10"})
    void countsEventsThatSomebodyReplacedByTheirDigests(String replaced) throws Exception {
        List<String> lines = new ArrayList<>(export(ALL, ACME).lines().toList());
        List<String> withheld = export(ALL, OTHER).lines().toList();
        List<Integer> positions =
                Stream.of(replaced.split(" ")).map(Integer::valueOf).toList();
        positions.forEach(position -> lines.set(position, withheld.get(position)));

        VerificationResult result = verify(String.join("\n", lines) + "\n");

        assertThat(result)
                .isEqualTo(
                        new VerificationResult(true, 1, 10, 10, positions.size(), null, null, history.hashOf(10), 2));
    }

    @Test
    void countsWithheldEventsOnlyAsFarAsTheChainHolds() throws Exception {
        List<String> lines = new ArrayList<>(export(ALL, OTHER).lines().toList());
        Collections.swap(lines, 6, 7);
        assertThat(verify(String.join("\n", lines)).withheld()).isEqualTo(5);

        lines.set(6, lines.get(5));
        VerificationResult repeated = verify(String.join("\n", lines));
        assertThat(repeated.withheld()).isEqualTo(repeated.checked()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 3, 0", "4, 4, 1, 1", "5, 8, 4, 2", "9, , 2, 1", "11, , 0, 0"})
    void mayBeAPart(@Nullable Long from, @Nullable Long to, long checked, int checkpoints) throws Exception {
        VerificationResult result = verify(export(new PositionRange(from, to), ACME));

        assertThat(result.valid()).as(result.reason()).isTrue();
        assertThat(result.checked()).isEqualTo(checked);
        assertThat(result.checkpointsCompared()).isEqualTo(checkpoints);
    }

    static Stream<Arguments> tampering() {
        return Stream.of(
                change(5, "a byte of a payload", line(5, text -> text.replace("sequence\\\": 0", "sequence\\\": 1"))),
                change(5, "the time, by far", line(5, text -> text.replace("\"2026-", "\"+999999999-"))),
                change(5, "the time", line(5, text -> text.replace(".123456Z", ".123457Z"))),
                change(
                        5,
                        "a hash",
                        line(5, text -> text.replaceAll("\"hash\":\"[^\"]*", "\"hash\":\"" + "0".repeat(64)))),
                change(5, "a further field", line(5, text -> text.replace("{", "{\"note\":\"true\","))),
                change(5, "a field twice", line(5, text -> text.replace("{", "{\"actor\":\"key:bob\","))),
                change(5, "no JSON", line(5, _ -> "{")),
                change(5, "half a character", line(5, text -> text.replace("key:ann", "\\ud800"))),
                change(5, "an event removed", lines -> lines.remove(5)),
                change(5, "two events swapped", lines -> Collections.swap(lines, 5, 6)),
                change(5, "an event repeated", lines -> lines.add(6, lines.get(5))),
                change(
                        9,
                        "cut off at the end",
                        lines -> lines.subList(9, lines.size()).clear()),
                change(11, "without its last line", lines -> lines.removeLast()),
                change(11, "with another count", line(11, text -> text.replace("10", "11"))),
                change(11, "with more after its last line", lines -> lines.add(lines.get(5))),
                change(11, "with more after it", lines -> lines.add("}")),
                change(1, "chained to something else", line(0, text -> text.replace("0".repeat(64), "1".repeat(64)))),
                change(10, "with another head", line(0, text -> text.replace(history.hashOf(10), "1".repeat(64)))));
    }

    interface Edit {
        void change(List<String> lines);
    }

    private static Arguments change(long position, String what, Edit edit) {
        return arguments(position, what, edit);
    }

    private static Edit line(int index, UnaryOperator<String> change) {
        return lines -> lines.set(index, change.apply(lines.get(index)));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("tampering")
    void showsWhereTheFileWasTamperedWith(long position, String what, Edit edit) throws Exception {
        List<String> lines = new ArrayList<>(export(ALL, ACME).lines().toList());
        List<String> before = List.copyOf(lines);
        edit.change(lines);

        VerificationResult result = verify(String.join("\n", lines) + "\n");

        assertThat(lines).as(what).isNotEqualTo(before);
        assertThat(result.valid()).as(what).isFalse();
        assertThat(result.firstInvalidPosition()).as(result.reason()).isEqualTo(position);
    }

    @Test
    void hasToAgreeWithTheCheckpoints() throws Exception {
        String tail = export(new PositionRange(1L, 7L), ACME)
                .replaceAll("\"head\":\\{[^}]*}", "\"head\":{\"position\":7,\"hash\":\"" + history.hashOf(7) + "\"}");

        assertThat(ExportVerifier.withoutCheckpoints().verify(stream(tail)).valid())
                .isTrue();
        assertThat(verify(tail).reason()).contains("the newest events were removed");
    }

    @Test
    void doesNotMissWhatWasSignedAfterTheExport(@TempDir Path elsewhere) throws Exception {
        try (SignedHistory growing = SignedHistory.ofTenEvents(elsewhere)) {
            ByteArrayOutputStream early = new ByteArrayOutputStream();
            growing.proof.export(ALL, ACME, early);
            growing.append(SignedHistory.INTERVAL);
            growing.awaitCheckpoint(14);

            VerificationResult result = verifier(growing).verify(new ByteArrayInputStream(early.toByteArray()));

            assertThat(result.valid()).as(result.reason()).isTrue();
            assertThat(result.checkpointsCompared()).isEqualTo(2);
        }
    }

    @Test
    void doesNotTakeCheckpointsOfAnotherKey() throws Exception {
        ExportVerifier stranger = ExportVerifier.comparing(
                history.checkpoints.read(), Pem.keyPair(Pem.generate()).getPublic());

        VerificationResult result = stranger.verify(stream(export(ALL, ACME)));

        assertThat(result.firstInvalidPosition()).isEqualTo(4);
        assertThat(result.reason()).contains("not signed by this key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "hello", "{}", "null", "[1]", "{\"format\":\"polyphony-history\",\"version\":2}"})
    void isToldFromOtherFiles(String text) {
        assertThatThrownBy(() -> verify(text)).isInstanceOf(InvalidExport.class);
    }

    @Test
    void writesNothingBeforeARefusal() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThatThrownBy(() -> history.proof.export(new PositionRange(12L, null), ACME, out))
                .isInstanceOf(Rejection.class);
        assertThat(out.size()).isZero();
    }

    @Test
    void endsWhenItsReaderHasGone() {
        assertThatThrownBy(() -> history.proof.export(ALL, ACME, new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("gone");
                    }
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
    }

    @Test
    void handsOutCheckpointsWithTheirKey() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        history.proof.exportCheckpoints(out);

        assertThat(out.toString(UTF_8).lines()).hasSize(2);
        assertThat(history.checkpoints.read())
                .allMatch(each -> each.isSignedBy(Pem.publicKey(history.proof.checkpointKey())))
                .extracting(Checkpoint::hash)
                .containsExactly(history.hashOf(4), history.hashOf(8));
    }

    private static String export(PositionRange range, TenantId reader) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        history.proof.export(range, reader, out);
        return out.toString(UTF_8);
    }

    private static VerificationResult verify(String export) throws IOException {
        return verifier(history).verify(stream(export));
    }

    private static ExportVerifier verifier(SignedHistory history) throws IOException {
        return ExportVerifier.comparing(history.checkpoints.read(), SignedHistory.KEYS.getPublic());
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
