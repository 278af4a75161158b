package dev.polyphony.providers.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polyphony.providers.ContextChunk;
import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.Sampling;
import dev.polyphony.providers.contract.ModelProviderContract;
import dev.polyphony.providers.contract.ModelRequests;
import dev.polyphony.shared.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractiveProviderTest extends ModelProviderContract {
    private final ModelProvider provider = new ExtractiveProvider("embedded");

    @Override
    protected ModelProvider provider() {
        return provider;
    }

    @ParameterizedTest
    @CsvSource({
        "Which finding is a security risk?, [F2]",
        "Which file is too long?, [F1]",
        "How do new contributors learn to run the test suite?, [F3]"
    })
    void putsTheMostRelevantSentenceFirst(String question, String citation) {
        assertThat(lines(ModelRequests.about(question)).getFirst()).endsWith(citation);
    }

    @Test
    void leavesOutWhatHasNothingToDoWithTheQuestion() {
        List<ContextChunk> passages = List.of(
                new ContextChunk("A", "Cats sleep for up to sixteen hours a day."),
                new ContextChunk("B", "The login form accepts an SQL injection in the field user."),
                new ContextChunk("C", "Tomatoes grow best in full sun."));

        assertThat(lines(ModelRequests.about("Which security vulnerability does the login have?", passages)))
                .containsExactly("The login form accepts an SQL injection in the field user. [B]");
    }

    @Test
    void writesNothingOfItsOwn() {
        String story = """
            The build takes nine minutes. Most of that time goes into the integration tests.
            They start a database for every class. Dr. Smith suggested to share it.
            """;
        List<ContextChunk> passages = List.of(
                new ContextChunk("F1", story.repeat(3)),
                new ContextChunk("F2", "The tests are slow because nothing is shared."));

        List<String> lines = lines(ModelRequests.about("Why are the tests slow?", passages));

        assertThat(lines).hasSizeGreaterThan(1).allSatisfy(line -> {
            assertThat(line).matches(".+ \\[F[12]]");
            String sentence = line.replaceAll(" \\[F[12]]$", "");
            assertThat(passages)
                    .anySatisfy(passage -> assertThat(passage.text()).contains(sentence));
        });
    }

    @Test
    void keepsAPassageThatIsOneFactWhole() {
        List<ContextChunk> one =
                List.of(new ContextChunk("F1", "a.b/C.java, line 3. It has an open marker. Resolve it."));

        assertThat(lines(ModelRequests.about("Which marker is open?", one)))
                .containsExactly("a.b/C.java, line 3. It has an open marker. Resolve it. [F1]");
    }

    @Test
    void prefersSomethingNewToTheSameAgain() {
        List<ContextChunk> passages = List.of(
                new ContextChunk("A", "The password is stored in plain text in Login.java."),
                new ContextChunk("B", "The password is stored in plain text in the file Login.java."),
                new ContextChunk("C", "Session tokens never expire, so a stolen one works for ever."));
        ModelRequest request = ModelRequests.about("Which security risks does the login have?", passages);

        assertThat(lines(request).get(1)).endsWith("[C]");
    }

    @Test
    void givesTheSameReplyToTheSameRequest() {
        ModelRequest request = ModelRequests.about("What should be mended first?");

        assertThat(provider.reply(request)).isEqualTo(provider.reply(request));
    }

    @Test
    void saysThatItExtractedAndCountsTokens() {
        ModelReply reply = provider.reply(ModelRequests.about("Which finding is a security risk?"));

        assertThat(reply.model()).isEqualTo("extractive-all-minilm-l6-v2-q");
        assertThat(reply.finishReason()).isEqualTo(FinishReason.EXTRACTED);
        TokenUsage usage = Objects.requireNonNull(reply.usage());
        assertThat(usage.output()).isPositive();
        assertThat(usage.input()).isGreaterThan(usage.output());
    }

    @ParameterizedTest
    @CsvSource({"40", "60", "120"})
    void keepsToTheTokensAllowed(int maxTokens) {
        ModelReply reply = provider.reply(ModelRequests.limitedTo(maxTokens));

        assertThat(Objects.requireNonNull(reply.usage()).output()).isLessThanOrEqualTo(maxTokens);
    }

    @Test
    void endsBeforeAStopText() {
        ModelRequest request = ModelRequests.about("Which finding is a security risk?");
        String whole = provider.reply(request).text();

        assertThat(provider.reply(request.withSampling(new Sampling(null, null, null, List.of("never", "[F2]"), null)))
                        .text())
                .isEqualTo(whole.substring(0, whole.indexOf("[F2]")));
    }

    @Test
    void forbidsItsLibraryToCallHome() {
        provider.reply(ModelRequests.about("Which finding is a security risk?"));

        assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
        assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
    }

    @Test
    void rejectsWhenNotOneSentenceFits() {
        assertThat(rejection(ModelRequests.limitedTo(3))).hasMessageContaining("max_tokens 3");
    }

    @Test
    void searchesTheQuestionWhenThereAreNoPassages() {
        String question = """
            What makes the tests slow?

            Cats sleep a lot. The tests are slow because each starts a database. It rained yesterday.
            """;

        assertThat(lines(ModelRequests.about(question, List.of())))
                .containsExactly("The tests are slow because each starts a database.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello?",
                "Hello",
                "What is the capital of France?",
                "Tell me a joke.",
                "Tell me a joke. Make it short.",
                "Why? How? When?",
                "Say exactly: PONG\n\nAre you there?"
            })
    void neverRepeatsTheQuestion(String question) {
        ModelRequest request = ModelRequests.about(question, List.of());

        assertThat(rejection(request).problem()).isEqualTo(ProviderProblem.PROVIDER_LACKS_CAPABILITY);
    }

    @Test
    void answersWithWhatTheQuestionTells() {
        assertThat(lines(ModelRequests.about("The lighthouse is red. What colour is it?", List.of())))
                .containsExactly("The lighthouse is red.");
    }

    @Test
    void choosesAtMostHalfOfAParagraphThatAsksNothing() {
        String text = "Cats sleep a lot. The tests are slow. It rained yesterday. The harbour has a lighthouse.";

        assertThat(lines(ModelRequests.about(text, List.of()))).hasSize(2);
    }

    @Test
    void readsNoMoreThanItsLimitOfSentences() {
        int limit = 50;
        List<ContextChunk> many = IntStream.rangeClosed(1, limit + 50)
                .mapToObj(i -> new ContextChunk("F" + i, i <= limit ? "Rain." : "A security risk."))
                .toList();

        ModelReply reply = new ExtractiveProvider("embedded", limit)
                .reply(ModelRequests.about("Which finding is a security risk?", many));

        assertThat(reply.text().lines())
                .allSatisfy(line -> assertThat(line).startsWith("Rain."))
                .hasSizeLessThanOrEqualTo(ExtractiveProvider.MAX_RETURNED);
    }

    @Test
    void cutsASentenceWithoutEndIntoPiecesThatTheModelCanRead() {
        String endless = "word ".repeat(1_000) + "x".repeat(5_000) + "😀".repeat(1_000);

        List<String> texts = Sentence.of(endless).map(Sentence::text).toList();

        assertThat(texts).allSatisfy(text -> assertThat(text).hasSizeLessThanOrEqualTo(Sentence.MAX_LENGTH));
        assertThat(String.join("", texts).replace(" ", "").length())
                .isGreaterThanOrEqualTo("word".length() * 1_000 + 5_000);
        assertThat(texts).allSatisfy(text -> assertThat(endless).contains(text));
    }

    @Test
    void timesOutBetweenTwoBatches() {
        List<ContextChunk> many = IntStream.range(0, 1_000)
                .mapToObj(i -> new ContextChunk("F" + i, "Finding number " + i + " is about file " + i * 7 + "."))
                .toList();
        ModelRequest request =
                ModelRequests.about("Which finding matters?", many).withTimeout(Duration.ofMillis(1));

        assertThat(rejection(request).problem()).isEqualTo(ProviderProblem.PROVIDER_TIMED_OUT);
    }

    private Rejection rejection(ModelRequest request) {
        Rejection rejection = catchThrowableOfType(Rejection.class, () -> provider.reply(request));
        assertThat(rejection).isNotNull();
        return rejection;
    }

    private List<String> lines(ModelRequest request) {
        return provider.reply(request).text().lines().toList();
    }

    @Test
    void stopsBetweenTwoBatchesWhenNobodyWantsItsVectorsAnyMore() {
        Thread.currentThread().interrupt();

        ProviderFailure failure = catchThrowableOfType(
                ProviderFailure.class, () -> provider().embed(List.of("One.", "Two."), Duration.ofSeconds(60)));

        assertThat(failure.problem()).isEqualTo(ProviderProblem.PROVIDER_CALL_CANCELLED);
        assertThat(Thread.interrupted()).as("stays interrupted").isTrue();
    }
}
