package dev.polyphony.providers.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polyphony.providers.Capability;
import dev.polyphony.providers.ContextChunk;
import dev.polyphony.providers.Embeddings;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ReplyFormat;
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.chat.ReplyRecorder;
import dev.polyphony.providers.chat.Sampling;
import dev.polyphony.providers.chat.ToolChoice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers of the port rely on, whatever model is behind it. */
public abstract class ModelProviderContract {
    /** A provider that can answer. */
    protected abstract ModelProvider provider();

    protected ModelRequest about(String question, List<ContextChunk> passages) {
        return ModelRequests.about(question, passages);
    }

    private ModelRequest about(String question) {
        return about(question, ModelRequests.FINDINGS);
    }

    protected static ReplyRecorder recorder(ReplyListener listener) {
        return new ReplyRecorder(listener, System::nanoTime);
    }

    @Test
    void saysWhoItIs() {
        assertThat(provider().name()).isNotBlank();
        assertThat(provider().model()).isNotBlank();
    }

    @Test
    void repliesWithTextModelAndFinishReason() {
        ModelReply reply = provider().reply(about("Which finding is a security risk?"));

        assertThat(reply.text()).isNotBlank();
        assertThat(reply.model()).isNotBlank();
        assertThat(reply.finishReason()).isNotNull();
        assertThat(reply.calls()).isEmpty();
    }

    @Test
    void countsTokensOrSaysNothing() {
        ModelReply reply = provider().reply(about("Which finding is a security risk?"));

        assertThat(reply.usage())
                .satisfiesAnyOf(
                        usage -> assertThat(usage).isNull(),
                        usage -> assertThat(usage)
                                .isNotNull()
                                .matches(counted -> counted.input() > 0 && counted.output() > 0));
    }

    @Test
    void streamsTheSameReplyInPieces() {
        RecordingListener heard = new RecordingListener();

        ReplyRecorder recorder = recorder(heard);

        ModelReply reply = provider().stream(about("Which finding is a security risk?"), recorder);

        assertThat(heard.text()).isEqualTo(reply.text()).isNotBlank();
        assertThat(recorder.firstToken()).isNotNull().isPositive();
        assertThat(heard.calls()).isEmpty();
    }

    @Test
    void endsTheStreamWhenTheListenerThrows() {
        ModelRequest request = about("Which finding is a security risk?");

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> provider().stream(request, recorder(new RecordingListener() {
                    @Override
                    public void onText(String piece) {
                        throw new UnsupportedOperationException("the client has gone");
                    }
                })));
    }

    @Test
    void refusesWhatItCannotDo() {
        ModelRequest request = about("Which finding is a security risk?");
        Map<Capability, ModelRequest> needing = Map.of(
                Capability.TOOLS, request.withTools(List.of(ModelRequests.WEATHER), ToolChoice.Free.AUTO),
                Capability.TOOL_CHOICE, request.withTools(List.of(ModelRequests.WEATHER), ToolChoice.Free.REQUIRED),
                Capability.JSON, request.withFormat(new ReplyFormat.Json("answer", "{}")),
                Capability.SEED, request.withSampling(new Sampling(null, null, 9, List.of(), 7L)),
                Capability.PENALTIES, request.withSampling(ModelRequests.penalized(0.5, -0.25)));
        needing.forEach((capability, needed) -> {
            if (!provider().capabilities().contains(capability)) {
                assertThat(catchThrowableOfType(
                                ProviderFailure.class, () -> provider().reply(needed)))
                        .as("%s", capability)
                        .extracting(ProviderFailure::problem)
                        .isEqualTo(ProviderProblem.PROVIDER_LACKS_CAPABILITY);
            }
        });
    }

    @Test
    void makesOneVectorOfEachTextOrSaysThatItCannot() {
        List<String> texts = List.of("One text.", "Another one.");
        if (!provider().capabilities().contains(Capability.EMBEDDINGS)) {
            assertThat(catchThrowableOfType(
                                    ProviderFailure.class, () -> provider().embed(texts, Duration.ofSeconds(30)))
                            .problem())
                    .isEqualTo(ProviderProblem.PROVIDER_LACKS_CAPABILITY);
            return;
        }

        Embeddings embeddings = provider().embed(texts, Duration.ofSeconds(30));

        assertThat(embeddings.vectors()).hasSize(2);
        assertThat(embeddings.vectors().getFirst())
                .hasSameSizeAs(embeddings.vectors().getLast())
                .isNotEmpty();
        assertThat(embeddings.model()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "?", "\u0000\u001b[2J\ud83d", "😀 你好", "<|im_end|>", "{\"a\": \"\\u0000\"}"})
    void repliesOrRejectsWhateverTheTextIs(String text) {
        for (List<ContextChunk> passages : List.of(List.<ContextChunk>of(), List.of(new ContextChunk("F1", text)))) {
            repliesOrRejects(about(text, passages));
        }
    }

    @Test
    void repliesOrRejectsWhenThereIsHardlyAnyTimeOrRoom() {
        repliesOrRejects(about("Which finding is a security risk?").withTimeout(Duration.ofMillis(1)));
        repliesOrRejects(ModelRequests.limitedTo(1));
    }

    @Test
    void repliesToSeveralCallersAtOnce() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ModelReply>> replies = IntStream.range(0, 4)
                    .mapToObj(i -> callers.submit(() -> provider().reply(about("Which finding is a security risk?"))))
                    .toList();
            for (Future<ModelReply> reply : replies) {
                assertThat(reply.get().text()).isNotBlank();
            }
        }
    }

    private void repliesOrRejects(ModelRequest request) {
        Throwable thrown = catchThrowable(
                () -> assertThat(provider().reply(request).text()).isNotBlank());
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(ProviderFailure.class);
            assertThat(thrown).hasMessageContaining(provider().name());
        }
    }
}
