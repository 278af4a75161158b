package dev.polyphony.providers.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.Passage;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.shared.Rejection;
import java.time.Duration;
import java.util.List;
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

    @Test
    void saysWhoItIs() {
        assertThat(provider().name()).isNotBlank();
        assertThat(provider().model()).isNotBlank();
    }

    @Test
    void repliesWithTextModelAndFinishReason() {
        ModelReply reply = provider().reply(ModelRequests.about("Which finding is a security risk?"));

        assertThat(reply.text()).isNotBlank();
        assertThat(reply.model()).isNotBlank();
        assertThat(reply.finishReason()).isNotBlank();
    }

    @Test
    void countsTokensOrSaysNothing() {
        ModelReply reply = provider().reply(ModelRequests.about("Which finding is a security risk?"));

        assertThat(reply.inputTokens())
                .satisfiesAnyOf(
                        count -> assertThat(count).isNull(),
                        count -> assertThat(count).isPositive());
        assertThat(reply.outputTokens())
                .satisfiesAnyOf(
                        count -> assertThat(count).isNull(),
                        count -> assertThat(count).isPositive());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "?", "\u0000\u001b[2J\ud83d", "😀 你好", "<|im_end|>", "{\"a\": \"\\u0000\"}"})
    void repliesOrRejectsWhateverTheTextIs(String text) {
        for (List<Passage> passages : List.of(List.<Passage>of(), List.of(new Passage("F1", text)))) {
            repliesOrRejects(ModelRequests.about(text, passages));
        }
    }

    @Test
    void repliesOrRejectsWhenThereIsHardlyAnyTimeOrRoom() {
        repliesOrRejects(
                ModelRequests.about("Which finding is a security risk?").withTimeout(Duration.ofMillis(1)));
        repliesOrRejects(ModelRequests.limitedTo(1));
    }

    @Test
    void repliesToSeveralCallersAtOnce() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ModelReply>> replies = IntStream.range(0, 4)
                    .mapToObj(i -> callers.submit(() -> provider().reply(ModelRequests.limitedTo(40))))
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
            assertThat(thrown).isInstanceOf(Rejection.class);
            assertThat(((Rejection) thrown).problem()).isInstanceOf(ProviderProblem.class);
            assertThat(thrown).hasMessageContaining(provider().name());
        }
    }
}
