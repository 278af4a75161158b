package dev.polyphony.providers.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.providers.ContextChunk;
import dev.polyphony.providers.ModelRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyCheckTest {
    private static final ContextChunk FACT =
            new ContextChunk("F1", "src/Shop.java line 3 leaves work open (TODO): mend it."); // finding-marker

    @Test
    void stopsAModelThatSaysTheSameSentenceAFourthTime() {
        String sentence = "The first part of the code_quality is not part of the README.\n";
        ReplyCheck check = new ReplyCheck(request(List.of(FACT)));

        hear(check, "[F1] is open.\n" + sentence.repeat(3));
        assertThat(check.repeats()).isFalse();
        hear(check, sentence);

        assertThat(check.repeats()).isTrue();
        assertThat(check.objection(true))
                .hasValueSatisfying(why -> assertThat(why).contains("repeats itself"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"very ", "and so on and ", "=", "1. The file is long. [F1] "})
    void stopsAModelThatTurnsInACircle(String piece) {
        ReplyCheck check = new ReplyCheck(request(List.of()));

        hear(check, piece.repeat(200));

        assertThat(check.repeats()).isTrue();
    }

    @Test
    void takesListsWhoseLinesDifferForNoRepetition() {
        ReplyCheck check = new ReplyCheck(request(List.of()));

        for (int i = 1; i < 40; i++) {
            hear(check, i + ". Split F" + i + ".java into parts that each do one thing.\n");
        }

        assertThat(check.objection(true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Finish the marker. [F1]", "Work is open in src/Shop.java, mend it."})
    void takesAReplyThatNamesAFact(String reply) {
        assertThat(objectionTo(reply)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"The code is good.", "See [F2].", "Mend src/Other.java first."})
    void objectsToAReplyThatNamesNoFact(String reply) {
        assertThat(objectionTo(reply)).contains("it names none of the 1 facts that it was given");
    }

    @Test
    void asksForNoFactsOfAReplyThatWasCutOffAtOnce() {
        ReplyCheck check = new ReplyCheck(request(List.of(FACT)));

        hear(check, "The first thing to");
        assertThat(check.objection(false)).isEmpty();
        for (int i = 0; i < 20; i++) {
            hear(check, "say about part " + i + " of it is that ");
        }

        assertThat(check.objection(false)).contains("it names none of the 1 facts that it was given");
    }

    @Test
    void asksForNoFactsWhereNoneWereGiven() {
        ReplyCheck check = new ReplyCheck(request(List.of()));
        hear(check, "Hello.");

        assertThat(check.objection(true)).isEmpty();
    }

    private static Optional<String> objectionTo(String reply) {
        ReplyCheck check = new ReplyCheck(request(List.of(FACT)));
        hear(check, reply);
        return check.objection(true);
    }

    private static void hear(ReplyCheck check, String text) {
        text.codePoints().mapToObj(Character::toString).forEach(check::hear);
    }

    private static ModelRequest request(List<ContextChunk> passages) {
        return ModelRequest.about("", "Why?", passages, 100, Duration.ofMinutes(1));
    }
}
