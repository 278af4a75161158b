package dev.polyphony.providers.routing;

import static dev.polyphony.providers.routing.RouterExamples.OPTIONS;
import static dev.polyphony.providers.routing.RouterExamples.REQUEST;
import static dev.polyphony.providers.routing.RouterExamples.failing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.budgets.Spender;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRouter.Unanswered;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.RouteOptions;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.contract.FakeProvider;
import dev.polyphony.providers.management.ProviderView.CircuitState;
import dev.polyphony.providers.routing.RouterExamples.Special;
import dev.polyphony.shared.TenantId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose fault a failure is, and what follows for the provider. */
class FailureCauseTest {
    private static final Special RETRIED = Special.NOTHING.retried(2);

    private final RouterExamples all = new RouterExamples();

    @ParameterizedTest
    @EnumSource(names = {"PROVIDER_REQUEST_INVALID", "CONTEXT_WINDOW_EXCEEDED", "CONTENT_REFUSED"})
    void answersAtOnceWithTheVendorsStatusWhenTheRequestIsAtFault(ProviderProblem problem) {
        FakeProvider wrong =
                all.add(failing("wrong", () -> problem.because("no").answered(422, null)), RETRIED);
        FakeProvider other = all.add(new FakeProvider("other", all::fine));

        Unanswered<ModelReply> unanswered = unanswered(all.router());

        assertThat(unanswered.problem()).isEqualTo(problem);
        assertThat(unanswered.failure().passedOnStatus()).isEqualTo(422);
        assertThat(wrong.asked()).hasSize(1);
        assertThat(other.asked()).isEmpty();
    }

    @Test
    void saysThatRatesAreLimitedWhenThatIsAllThatWasInTheWay() {
        all.add(failing(
                "busy",
                () -> ProviderProblem.PROVIDER_RATE_LIMITED.because("429").answered(429, Duration.ofMillis(1500))));
        FailoverRouter router = all.router();

        Unanswered<ModelReply> first = unanswered(router);
        Unanswered<ModelReply> second = unanswered(router);

        assertThat(first.problem()).isEqualTo(ProviderProblem.PROVIDER_RATE_LIMITED);
        assertThat(first.retryAfter()).isEqualTo(Duration.ofMillis(1500));
        assertThat(second.attempts()).extracting(ModelAttempt::outcome).containsExactly("skipped-cooling-down");
        assertThat(second.problem()).isEqualTo(ProviderProblem.PROVIDER_RATE_LIMITED);
        assertThat(second.retryAfter()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void keepsAPoisonousRequestOfOneCallerFromClosingAProvider() {
        all.add(failing("poisoned", () -> ProviderProblem.PROVIDER_FAILED.because("500")));
        ProviderRegistry registry = all.registry();
        FailoverRouter router = new FailoverRouter(registry, false, all.time);
        RouteOptions one = OPTIONS.spentBy(new Spender(new TenantId("one"), null, null));
        RouteOptions two = OPTIONS.spentBy(new Spender(new TenantId("two"), null, null));

        for (int i = 0; i < 20; i++) {
            router.route(REQUEST, one);
        }
        assertThat(registry.find("poisoned").orElseThrow().circuit().state()).isEqualTo(CircuitState.CLOSED);

        router.route(REQUEST, two);
        assertThat(registry.find("poisoned").orElseThrow().circuit().state()).isEqualTo(CircuitState.OPEN);
        registry.recovered("poisoned");
        assertThat(registry.find("poisoned").orElseThrow().circuit().state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void opensTheCircuitForDifferentRequestsOfOneCaller() {
        all.add(failing("down", () -> ProviderProblem.PROVIDER_FAILED.because("500")));
        ProviderRegistry registry = all.registry();
        FailoverRouter router = new FailoverRouter(registry, false, all.time);
        RouteOptions one = OPTIONS.spentBy(new Spender(new TenantId("one"), null, null));

        for (int i = 0; i < 5; i++) {
            router.route(REQUEST.withMessages(List.of(new ChatMessage.User("question " + i))), one);
        }

        assertThat(registry.find("down").orElseThrow().circuit().state()).isEqualTo(CircuitState.OPEN);
    }

    private Unanswered<ModelReply> unanswered(FailoverRouter router) {
        return (Unanswered<ModelReply>) router.route(REQUEST, OPTIONS);
    }
}
