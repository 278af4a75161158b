package dev.polyphony.providers.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.providers.Capability;
import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ReplyRecorder;
import dev.polyphony.providers.management.ProviderTest.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderProbeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final ProviderProbe question = new ProviderProbe(Clock.fixed(NOW, ZoneOffset.UTC), nanos::get);

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
        "PROVIDER_CALL_CANCELLED, pass not_tested not_tested not_tested"
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
        assertThat(test.reason()).contains("the server's log tells more").doesNotContain("oops");
    }

    @Test
    void asksNothingOfAServerThatCannotBeReached() {
        ProviderTest test = question.ask(new Model(
                _ -> {
                    throw ProviderProblem.PROVIDER_UNREACHABLE.because("nobody is there");
                },
                _ -> {
                    throw new AssertionError("it was asked");
                }));

        assertThat(verdicts(test)).isEqualTo("fail not_tested not_tested not_tested");
        assertThat(test.connectivity().problem()).isEqualTo("nobody is there").isEqualTo(test.reason());
    }

    @Test
    void saysThatTheListDoesNotNameAModelWhichAnswersAllTheSame() {
        ProviderTest test =
                question.ask(new Model(_ -> Optional.of(Set.of("other", "another")), _ -> says("It is red.")));

        assertThat(test.passed()).isTrue();
        assertThat(test.reason()).isNull();
        assertThat(test.modelListed().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(test.modelListed().problem()).contains("test-model", "2");
    }

    @Test
    void doesNotClaimAListThatThereIsNot() {
        ProviderTest test = question.ask(new Model(_ -> Optional.empty(), _ -> says("It is red.")));

        assertThat(test.passed()).isTrue();
        assertThat(test.modelListed().verdict()).isEqualTo(Verdict.NOT_TESTED);
        assertThat(test.modelListed().problem()).contains("no list");
    }

    @Test
    void believesTheModelWhenAKeyMayAskButNotList() {
        ProviderTest test = question.ask(new Model(
                _ -> {
                    throw ProviderProblem.PROVIDER_REFUSED_KEY
                            .because("not for this key")
                            .answered(403, null);
                },
                _ -> says("It is red.")));

        assertThat(verdicts(test)).isEqualTo("pass pass pass pass");
        assertThat(test.modelListed().problem()).isEqualTo("not for this key");
    }

    @Test
    void knowsFromTheListWhatAFailureDoesNotShow() {
        ProviderTest test = question.ask(new Model(_ -> Optional.of(Set.of("test-model")), _ -> {
            throw ProviderProblem.PROVIDER_FAILED.because("overloaded");
        }));

        assertThat(verdicts(test)).isEqualTo("pass pass not_tested not_tested");
        assertThat(test.modelListed().passed()).isTrue();
        assertThat(test.modelAccess().problem()).isEqualTo("overloaded").isEqualTo(test.reason());
    }

    @Test
    void looksWithoutAsking() {
        ProviderTest test = question.look(new Model(_ -> Optional.of(Set.of("test-model")), _ -> {
                    throw new AssertionError("it was asked");
                }))
                .orElseThrow();

        assertThat(test.passed()).isTrue();
        assertThat(verdicts(test)).isEqualTo("pass pass not_tested not_tested");
    }

    @ParameterizedTest
    @CsvSource({
        "PROVIDER_UNREACHABLE, , fail not_tested not_tested not_tested",
        "PROVIDER_REFUSED_KEY, 401, pass fail not_tested not_tested",
        "PROVIDER_REFUSED_KEY, 403, ",
        "PROVIDER_FAILED, 500, ",
        "PROVIDER_TIMED_OUT, , "
    })
    void looksAndSaysNothingThatTheListDoesNotShow(
            ProviderProblem problem, @Nullable Integer status, @Nullable String verdicts) {
        Optional<ProviderTest> test = question.look(new Model(
                _ -> {
                    ProviderFailure failure = problem.because("it did not work");
                    throw status == null ? failure : failure.answered(status, null);
                },
                _ -> says("unasked")));

        assertThat(test.map(ProviderProbeTest::verdicts).orElse(null)).isEqualTo(verdicts);
        assertThat(test.map(ProviderTest::passed).orElse(false)).isFalse();
        assertThat(test.map(ProviderTest::reason).orElse("it did not work")).isEqualTo("it did not work");
    }

    private static String verdicts(ProviderTest test) {
        return String.join(
                        " ",
                        List.of(
                                test.connectivity().verdict().name(),
                                test.authentication().verdict().name(),
                                test.modelAccess().verdict().name(),
                                test.responseQuality().verdict().name()))
                .toLowerCase(Locale.ROOT);
    }

    private static ModelReply says(String text) {
        return new ModelReply(text, List.of(), "test-model", FinishReason.STOP, null);
    }

    private record Model(Function<Duration, Optional<Set<String>>> list, Function<ModelRequest, ModelReply> behaviour)
            implements ModelProvider {
        Model(Function<ModelRequest, ModelReply> behaviour) {
            this(_ -> Optional.empty(), behaviour);
        }

        @Override
        public Optional<Set<String>> models(Duration timeout) {
            return list.apply(timeout);
        }

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
        public ModelReply stream(ModelRequest request, ReplyRecorder recorder) {
            return behaviour.apply(request);
        }
    }
}
