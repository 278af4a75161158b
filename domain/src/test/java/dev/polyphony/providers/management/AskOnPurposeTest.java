package dev.polyphony.providers.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.providers.Capability;
import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ReplyListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskOnPurposeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final AskOnPurpose question = new AskOnPurpose(Clock.fixed(NOW, ZoneOffset.UTC), nanos::get);

    @Test
    void passesAModelThatAnswers() {
        ProviderTest test = question.ask(new Model(request -> {
            nanos.addAndGet(Duration.ofMillis(40).toNanos());
            return says(request.passages().getFirst().text());
        }));

        assertThat(test.passed()).isTrue();
        assertThat(verdicts(test)).isEqualTo("pass pass pass pass");
        assertThat(test.at()).isEqualTo(NOW);
        assertThat(test.duration()).isEqualTo(Duration.ofMillis(40));
        assertThat(test.reason()).isNull();
    }

    @Test
    void failsAModelThatSaysSomethingElse() {
        ProviderTest test = question.ask(new Model(_ -> says("I am a teapot.")));

        assertThat(test.passed()).isFalse();
        assertThat(verdicts(test)).isEqualTo("pass pass pass fail");
        assertThat(test.reason()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "PROVIDER_UNREACHABLE, fail not_tested not_tested not_tested",
        "PROVIDER_REFUSED_KEY, pass fail not_tested not_tested",
        "PROVIDER_QUOTA_EXHAUSTED, pass pass not_tested not_tested",
        "PROVIDER_MODEL_UNKNOWN, pass pass fail not_tested",
        "PROVIDER_REPLY_EMPTY, pass pass pass fail",
        "PROVIDER_TIMED_OUT, pass not_tested not_tested fail",
        "PROVIDER_FAILED, pass not_tested not_tested not_tested",
        "PROVIDER_CALL_CANCELLED, not_tested not_tested not_tested not_tested"
    })
    void claimsNoMoreThanTheFailureShows(ProviderProblem problem, String verdicts) {
        ProviderTest test = question.ask(new Model(_ -> {
            throw problem.because("it did not work");
        }));

        assertThat(test.passed()).isFalse();
        assertThat(verdicts(test)).isEqualTo(verdicts);
        assertThat(test.reason()).isEqualTo("it did not work");
    }

    @Test
    void survivesAProviderThatBreaksItsContract() {
        ProviderTest test = question.ask(new Model(_ -> {
            throw new IllegalStateException("oops");
        }));

        assertThat(test.passed()).isFalse();
        assertThat(test.reason()).contains("oops");
    }

    private static String verdicts(ProviderTest test) {
        return String.join(
                        " ",
                        List.of(
                                test.connectivity().name(),
                                test.authentication().name(),
                                test.modelAccess().name(),
                                test.responseQuality().name()))
                .toLowerCase(Locale.ROOT);
    }

    private static ModelReply says(String text) {
        return ModelReply.whole(text, List.of(), "test-model", FinishReason.STOP, null);
    }

    private record Model(Function<ModelRequest, ModelReply> behaviour) implements ModelProvider {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public String model() {
            return "test-model";
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }

        @Override
        public ModelReply reply(ModelRequest request) {
            return behaviour.apply(request);
        }

        @Override
        public ModelReply stream(ModelRequest request, ReplyListener listener) {
            return behaviour.apply(request);
        }
    }
}
