package dev.polyphony.providers.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.polyphony.providers.ContextChunk;
import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.chat.Sampling;
import dev.polyphony.providers.contract.ModelProviderContract;
import dev.polyphony.providers.contract.ModelRequests;
import dev.polyphony.shared.Rejection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** With a real model: {@code -Pinterop} fetches one. */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LlamaProviderTest extends ModelProviderContract {
    private static final String SETTING = "POLYPHONY_TEST_GGUF";

    /** Real models take long to read and to write: both are kept short. */
    private static final int CONTEXT_TOKENS = 512;

    private static final int REPLY_TOKENS = 16;

    private final Path file = Path.of(Optional.ofNullable(System.getProperty(SETTING))
            .or(() -> Optional.ofNullable(System.getenv(SETTING)))
            .orElse(SETTING + "-is-not-set"));
    private final LlamaProvider provider = new LlamaProvider("local", file, CONTEXT_TOKENS);

    @BeforeAll
    void needsAModel() {
        assumeThat(file)
                .as("%s names a GGUF file; -Pinterop fetches one where pip is on the PATH", SETTING)
                .isRegularFile();
    }

    @AfterAll
    void close() {
        provider.close();
    }

    @Override
    protected ModelProvider provider() {
        return provider;
    }

    @Override
    protected ModelRequest about(String question, List<ContextChunk> passages) {
        return super.about(question, passages).withSampling(Sampling.limitedTo(REPLY_TOKENS));
    }

    @Test
    void answersInTheFormItWasTrainedOn() {
        ModelReply reply = provider.reply(ModelRequests.about("What is the capital of France?", List.of()));

        assertThat(reply.text()).contains("Paris");
        assertThat(reply.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(reply.model()).isEqualTo(new GgufFile(file).model());
    }

    @Test
    void readsInstructionsPassagesAndQuestion() {
        ModelRequest request = ModelRequests.limitedTo(5);

        int withPassages = inputTokens(request);
        int without = inputTokens(request.withPassages(List.of()));

        assertThat(without).isBetween(15, 60);
        assertThat(withPassages).isBetween(without + 50, without + 180);
    }

    private static TokenUsage usage(ModelReply reply) {
        return Objects.requireNonNull(reply.usage());
    }

    /** Whether the reply is of any use or not. */
    private TokenUsage spent(ModelRequest request) {
        try {
            return usage(provider.reply(request));
        } catch (ProviderFailure unusable) {
            return Objects.requireNonNull(unusable.spent());
        }
    }

    private int inputTokens(ModelRequest request) {
        return usage(provider.reply(request)).input();
    }

    @Test
    void readsAWholeConversation() {
        ModelRequest conversation = ModelRequest.of(
                List.of(
                        new ChatMessage.Instructions("Answer in one word."),
                        new ChatMessage.User("My name is Ada. Say polyphony-message-3-here."),
                        new ChatMessage.Assistant("Hello Ada.", List.of()),
                        new ChatMessage.User("What is my name?")),
                Sampling.limitedTo(12),
                Duration.ofSeconds(60));

        assertThat(provider.reply(conversation).text()).contains("Ada");
        assertThat(provider.reply(conversation.withSampling(new Sampling(null, null, 12, List.of("Ad"), 1L)))
                        .text())
                .doesNotContain("Ada");
    }

    @Test
    void endsWhereTheLimitIs() {
        ModelReply reply = provider.reply(ModelRequests.limitedTo(5));

        assertThat(reply.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(usage(reply).output()).isLessThanOrEqualTo(6);
    }

    @Test
    void leavesOutTheLastPassagesWhenTheyDoNotFit() {
        List<ContextChunk> many = IntStream.rangeClosed(1, 300)
                .mapToObj(i -> new ContextChunk("F" + i, "File number " + i + " has " + i * 31 + " lines."))
                .toList();

        TokenUsage usage = spent(about("Which file is the longest?", many));

        assertThat(usage.input()).isBetween(CONTEXT_TOKENS * 2 / 3, CONTEXT_TOKENS - REPLY_TOKENS);
    }

    @Test
    void refusesAQuestionThatDoesNotFit() {
        Rejection rejection = catchThrowableOfType(
                Rejection.class, () -> provider.reply(ModelRequests.about("word ".repeat(2_000), List.of())));

        assertThat(rejection).hasMessageContaining("context window");
        assertThat(rejection.problem()).isEqualTo(ProviderProblem.CONTEXT_WINDOW_EXCEEDED);
    }

    @Test
    void timesOutAndAnswersTheNextRequest() {
        ModelRequest story = ModelRequest.about("", "Tell a very long story.", List.of(), 400, Duration.ofMillis(300));
        provider.reply(ModelRequests.limitedTo(1)); // loaded

        Rejection rejection = catchThrowableOfType(Rejection.class, () -> provider.reply(story));

        assertThat(rejection.problem()).isEqualTo(ProviderProblem.PROVIDER_TIMED_OUT);
        assertThat(provider.reply(ModelRequests.limitedTo(5)).text()).isNotBlank();
    }

    @Test
    void failsWithHalfAModel() throws Exception {
        Path half = Files.createTempFile("half", ".gguf");
        byte[] whole = Files.readAllBytes(file);
        Files.write(half, Arrays.copyOf(whole, whole.length / 2));
        try (LlamaProvider broken = new LlamaProvider("local", half, 512)) {
            Rejection rejection = catchThrowableOfType(Rejection.class, () -> broken.reply(ModelRequests.limitedTo(5)));

            assertThat(rejection.problem()).isEqualTo(ProviderProblem.PROVIDER_FAILED);
            assertThat(rejection).hasMessageContainingAll(half.getFileName().toString(), "incomplete");
        } finally {
            Files.delete(half);
        }
    }

    @Test
    void isClosedWhileItWrites() {
        LlamaProvider other = new LlamaProvider("local", file, CONTEXT_TOKENS);
        ModelRequest story = ModelRequest.about("", "Tell a very long story.", List.of(), 400, Duration.ofSeconds(60));
        other.reply(ModelRequests.limitedTo(1)); // loaded
        Thread closing = Thread.ofVirtual().unstarted(other::close);
        closing.start();

        Rejection rejection = catchThrowableOfType(Rejection.class, () -> other.reply(story));

        assertThat(rejection.problem()).isEqualTo(ProviderProblem.PROVIDER_UNREACHABLE);
    }
}
