package dev.polyphony.providers.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.providers.Capability;
import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ModelRouter.Answered;
import dev.polyphony.providers.ModelRouter.Routed;
import dev.polyphony.providers.ModelRouter.Unanswered;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.contract.ModelRequests;
import dev.polyphony.shared.OutboundProblem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PriorityRouterTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final ModelRequest REQUEST =
            ModelRequests.about("Which finding is a security risk?").withTimeout(Duration.ofSeconds(60));

    private final AtomicLong nanos = new AtomicLong();
    private final List<ModelRequest> asked = new ArrayList<>();
    private final List<ConfiguredProvider> providers = new ArrayList<>();

    @Test
    void asksTheLowestPriorityNumberFirst() {
        add("second", 200, this::ok);
        add("first", 100, this::ok);

        Answered answered = (Answered) route();

        assertThat(answered.provider()).isEqualTo("first");
        assertThat(answered.reply().text()).isEqualTo("fine");
        assertThat(answered.attempts())
                .containsExactly(
                        new ModelAttempt("first", "first-model", NOW, Duration.ofSeconds(1), ModelAttempt.OK, null));
    }

    @Test
    void keepsTheConfiguredOrderAmongEqualPriorities() {
        add("zebra", 100, this::ok);
        add("ant", 100, this::ok);

        assertThat(((Answered) route()).provider()).isEqualTo("zebra");
    }

    @Test
    void movesOnWhenAProviderFailsAndKeepsTheTrail() {
        add("down", 100, _ -> {
            throw ProviderProblem.PROVIDER_UNREACHABLE.because("down cannot be reached");
        });
        add("up", 200, this::ok);

        Answered answered = (Answered) route();

        assertThat(answered.provider()).isEqualTo("up");
        assertThat(answered.attempts()).extracting(ModelAttempt::outcome).containsExactly("provider-unreachable", "ok");
        assertThat(answered.attempts().getFirst().error()).isEqualTo("down cannot be reached");
    }

    @Test
    void countsABugAsAFailure() {
        add("buggy", 100, _ -> {
            throw new IllegalStateException("oops");
        });
        add("alien", 150, _ -> {
            throw OutboundProblem.URL_INVALID.because("not a provider's problem");
        });
        add("unloadable", 160, _ -> {
            throw new UnsatisfiedLinkError("no such library");
        });
        add("up", 200, this::ok);

        assertThat(route().attempts())
                .extracting(ModelAttempt::outcome)
                .containsExactly("provider-failed", "provider-failed", "provider-failed", "ok");
    }

    @Test
    void saysWhyNobodyAnswered() {
        add("one", 100, _ -> {
            throw ProviderProblem.PROVIDER_RATE_LIMITED.because("one answered HTTP 429");
        });
        add("two", 200, _ -> {
            throw ProviderProblem.PROVIDER_TIMED_OUT.because("two had no reply");
        });

        Unanswered unanswered = (Unanswered) route();

        assertThat(unanswered.attempts()).hasSize(2);
        assertThat(unanswered.reason())
                .contains("one answered HTTP 429 (provider-rate-limited)", "two had no reply (provider-timed-out)");
    }

    @Test
    void givesLaterProvidersWhatIsLeftOfTheTime() {
        add("slow", 100, request -> timeOutAfter(request.timeout()));
        add("slower", 200, request -> timeOutAfter(Duration.ofSeconds(10)));
        add("last", 300, this::ok);

        assertThat(route()).isInstanceOf(Answered.class);
        assertThat(asked)
                .extracting(ModelRequest::timeout)
                .containsExactly(Duration.ofSeconds(45), Duration.ofMillis(11_250), Duration.ofSeconds(5));
    }

    @Test
    void stopsWhenTheTimeIsUp() {
        add("overrunning", 100, _ -> timeOutAfter(Duration.ofSeconds(61)));
        add("never", 200, this::ok);

        Unanswered unanswered = (Unanswered) route();

        assertThat(asked).hasSize(1);
        assertThat(unanswered.reason()).contains("no time was left for never");
        assertThat(unanswered.attempts().getFirst().duration()).isEqualTo(Duration.ofSeconds(61));
    }

    @Test
    void asksNobodyElseWhenTheCallIsCancelled() {
        add("interrupted", 100, _ -> {
            Thread.currentThread().interrupt();
            throw ProviderProblem.PROVIDER_CALL_CANCELLED.because("interrupted: the call was cancelled");
        });
        add("never", 200, this::ok);

        Routed routed = route();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(asked).hasSize(1);
        assertThat(((Unanswered) routed).reason()).contains("cancelled before it reached never");
    }

    @Test
    void asksOnlyAllowedProvidersAndIgnoresUnknownNames() {
        add("first", 100, this::ok);
        add("second", 200, this::ok);

        assertThat(((Answered) route("second", "unheard-of")).provider()).isEqualTo("second");
    }

    @Test
    void namesTheProvidersWhenNoneIsAllowed() {
        add("first", 100, this::ok);
        providers.add(new ConfiguredProvider(new Fake("resting", this::ok), "openai", 50, "it rests", null));

        Unanswered unanswered = (Unanswered) route("resting", "unheard-of");

        assertThat(unanswered.attempts()).isEmpty();
        assertThat(unanswered.reason()).contains("[resting, unheard-of]", "first", "resting (disabled: it rests)");
    }

    @Test
    void doesNotAskADisabledProvider() {
        providers.add(new ConfiguredProvider(new Fake("resting", this::ok), "openai", 50, "it rests", null));
        add("first", 100, this::ok);

        assertThat(((Answered) route()).provider()).isEqualTo("first");
        assertThat(asked).hasSize(1);
    }

    private Routed route(String... allowed) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new PriorityRouter(providers, clock, nanos::get).route(REQUEST, Set.of(allowed));
    }

    private void add(String name, int priority, Function<ModelRequest, ModelReply> answer) {
        providers.add(new ConfiguredProvider(new Fake(name, answer), "openai", priority, null, null));
    }

    private ModelReply ok(ModelRequest request) {
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        return ModelReply.whole("fine", List.of(), "large", FinishReason.STOP, null);
    }

    private ModelReply timeOutAfter(Duration time) {
        nanos.addAndGet(time.toNanos());
        throw ProviderProblem.PROVIDER_TIMED_OUT.because("no reply after " + time);
    }

    private final class Fake implements ModelProvider {
        private final String name;
        private final Function<ModelRequest, ModelReply> answer;

        Fake(String name, Function<ModelRequest, ModelReply> answer) {
            this.name = name;
            this.answer = answer;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String model() {
            return name + "-model";
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }

        @Override
        public ModelReply reply(ModelRequest request) {
            asked.add(request);
            return answer.apply(request);
        }

        @Override
        public ModelReply stream(ModelRequest request, ReplyListener listener) {
            throw new UnsupportedOperationException("nobody streams here");
        }
    }
}
